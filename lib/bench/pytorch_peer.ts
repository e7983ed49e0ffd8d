/**
 * PyTorch in a process of its own, timed a piece at a time.
 *
 * `tests/peers/pytorch_cnn.py` is the other side. Each line that it is sent or
 * sends is a JSON object; it greets with a `PyTorchBuild`.
 *
 * @module
 */

import { lines } from "../format/lines.ts";
import type { Digits } from "../mnist/mod.ts";

/** Which PyTorch it is, as it says itself; null where it does not. */
export interface PyTorchBuild {
  version: string;
  /** The Python that runs it. */
  python: string;
  oneDnn: string | null;
  /** The instructions that its own kernels use; oneDNN chooses for itself. */
  cpuCapability: string | null;
  /** The BLAS library's file, or the kind it was built for. */
  blas: string | null;
  /** `torch.__config__.show()`. */
  config: string;
}

/** One way to run PyTorch. */
export interface PyTorchCandidate {
  piece: "train" | "forward";
  format: "contiguous" | "channels_last";
  /** Of `torch.set_num_threads()`. */
  threads: number;
  /** Of OpenBLAS; null where it is another BLAS, which is left as it is. */
  blasThreads: number | null;
  /** True for what `torch.jit.optimize_for_inference()` made of the net. */
  optimized: boolean;
  /** Images in a step. */
  batch: number;
}

/** What both sides of the comparison work on. */
export interface PeerTask {
  digits: Digits;
  batch: number;
  /** All that the machine has. */
  threads: number;
  seed: number;
}

/** A process that is ready. */
export interface PyTorchPeer {
  build: PyTorchBuild;
  /** Builds and warms all candidates; then each can be run. */
  prepare(task: PeerTask): Promise<PyTorchCandidate[]>;
  /** @returns Images a second of a candidate, by its index. */
  run(candidate: number, seconds: number): Promise<number>;
  /** Ends the process. */
  close(): Promise<void>;
}

/** No PyTorch, and what each command said about it. */
export interface NoPyTorch {
  reasons: string[];
}

/**
 * Starts the first of some commands that greets.
 *
 * @param commands Programs, each with its arguments.
 */
export async function startPyTorch(
  commands: [program: string, ...args: string[]][],
): Promise<PyTorchPeer | NoPyTorch> {
  const reasons: string[] = [];
  for (const [program, ...args] of commands) {
    const process = startProcess(program, args);
    const build = await process?.read<PyTorchBuild>();
    if (process && build) return createPeer(process, build);
    reasons.push(
      process ? await process.lastWords() : `${program} cannot be run`,
    );
  }
  return { reasons };
}

function createPeer(process: PeerProcess, build: PyTorchBuild): PyTorchPeer {
  const ask = async <Answer>(request: unknown) => {
    const answer = await process.ask<Answer>(request);
    if (answer) return answer;
    throw new Error(
      `Cannot time PyTorch as its process must answer to the end: ${await process
        .lastWords()}`,
    );
  };
  return {
    build,
    prepare: async ({ digits, batch, threads, seed }) => {
      const { candidates } = await ask<{ candidates: PyTorchCandidate[] }>({
        images: digits.images.toBase64(),
        labels: [...digits.labels],
        batch,
        threads,
        seed,
      });
      return candidates;
    },
    run: async (candidate, seconds) => {
      const done = await ask<{ images: number; seconds: number }>({
        candidate,
        seconds,
      });
      return done.images / done.seconds;
    },
    close: () => process.close(),
  };
}

/** A process that answers each line with a line. */
class PeerProcess {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncIterator<string>;
  readonly #stderr: Promise<string>;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#lines = lines(child.stdout);
    this.#stderr = new Response(child.stderr).text();
  }

  /** @returns The next line, undefined where there is none any more. */
  async read<Answer>(): Promise<Answer | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : JSON.parse(value);
  }

  async ask<Answer>(request: unknown): Promise<Answer | undefined> {
    const line = new TextEncoder().encode(JSON.stringify(request) + "\n");
    // Where the process has ended, reading says so: no line comes.
    await this.#writer.write(line).catch(() => {});
    return await this.read();
  }

  /** What a process that has ended said last. */
  async lastWords(): Promise<string> {
    const { code } = await this.#child.status;
    const said = (await this.#stderr).trimEnd().split("\n").at(-1);
    return said || `it ended with code ${code}`;
  }

  async close(): Promise<void> {
    await this.#writer.close().catch(() => {});
    await this.#lines.return!();
    await this.#stderr;
    await this.#child.status;
  }
}

/** Undefined where there is no such program, or it may not be run. */
function startProcess(
  program: string,
  args: string[],
): PeerProcess | undefined {
  // Without this, Deno would ask the person.
  const { state } = Deno.permissions.querySync({
    name: "run",
    command: program,
  });
  if (state !== "granted") return undefined;
  try {
    return new PeerProcess(
      new Deno.Command(program, {
        args,
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }).spawn(),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
