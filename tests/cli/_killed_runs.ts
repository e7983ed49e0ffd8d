/**
 * Kills the real `deno task train` again and again, and goes on with it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import { hasCheckpoint } from "@lib/train/mod.ts";
import config from "../../deno.json" with { type: "json" };
import { withTempFolder } from "../needs.ts";
import { writeSampleIdx } from "./_sample_idx.ts";
import { withRun } from "./_with_run.ts";

/** What is trained, and how often it is killed. */
export interface Kills {
  /** Times that it is killed; half of them in the middle of writing. */
  kills: number;
  /** Of the moments. */
  seed: number;
  /** Digits in the folder to train on. */
  digits: number;
  /** Choices of the run. */
  args: string[];
}

/** What was seen. */
export interface Killed {
  /** Runs that it took, each killed some times and then finished. */
  runs: number;
  /** Times that a kill left a file half written. */
  halfWritten: number;
}

/** How long a process may take before it is taken for one that hangs. */
export const PATIENCE_MS = 300_000;

/**
 * Trains once undisturbed, then kills until it has killed enough, goes on with
 * 1, 2 and 3 workers by turns, and compares what each run leaves, byte for byte.
 */
export async function killRuns(
  { kills, seed, digits, args }: Kills,
): Promise<Killed> {
  const random = createRandom(seed, "kills");
  const seen: Killed = { runs: 0, halfWritten: 0 };
  await withTempFolder(async (data) => {
    await writeSampleIdx(data, digits, 100);
    const begin = [
      ...["--data", data, ...args, "--checkpoint-seconds", "0"],
      ...["--name"],
    ];
    await withRun(async (whole) => {
      const start = performance.now();
      await finish(startTrain([...begin, whole]));
      const duration = performance.now() - start;
      const wanted = await leftBy(whole);
      let killed = 0;
      while (killed < kills) {
        await withRun(async (name) => {
          const folder = `data/runs/${name}`;
          for (;;) {
            const isKept = await hasCheckpoint(folder);
            // One that was killed before its first checkpoint begins again.
            if (!isKept) await removeFolder(folder);
            const resume = ["--resume", name, "--checkpoint-seconds", "0"];
            const child = startTrain([
              ...(isKept ? resume : [...begin, name]),
              ...["--workers", `${1 + killed % 3}`],
            ]);
            if (killed === kills) {
              await finish(child);
              break;
            }
            const isKilled = killed % 2 === 0
              ? await killAfter(child, random.next() * duration)
              : await killAtWrite(child, folder, 1 + random.uint32() % 5);
            if (!isKilled) break;
            killed++;
            if (hasTemporary(folder)) seen.halfWritten++;
          }
          seen.runs++;
          assertEquals(await leftBy(name), wanted);
        });
      }
    });
  });
  return seen;
}

/** What the task runs, with its permissions. */
export function trainCommand(args: string[]): string[] {
  const [, ...command] = config.tasks.train.command.split(" ");
  return [Deno.execPath(), ...command, ...args];
}

/** The process of the task itself, and not its shell. */
export function startTrain(args: string[]): Deno.ChildProcess {
  const [program, ...rest] = trainCommand(args);
  return new Deno.Command(program!, {
    args: rest,
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}

/** Waits for an end without an error. */
export async function finish(child: Deno.ChildProcess): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  const { code, signal } = await child.status;
  clearTimeout(timer);
  assertEquals([code, signal], [0, null]);
}

/** @returns False where it had ended before. */
async function killAfter(
  child: Deno.ChildProcess,
  milliseconds: number,
): Promise<boolean> {
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const { signal } = await child.status;
  clearTimeout(timer);
  return signal === "SIGKILL";
}

/**
 * Kills as soon as a file is seen that is half written, after some of them.
 *
 * @returns False where it had ended before.
 */
async function killAtWrite(
  child: Deno.ChildProcess,
  folder: string,
  writes: number,
): Promise<boolean> {
  let isOver = false;
  const status = child.status.finally(() => isOver = true);
  const start = performance.now();
  let wasThere = false;
  while (!isOver) {
    const isThere = hasTemporary(folder);
    if (isThere && !wasThere) writes--;
    wasThere = isThere;
    if (writes === 0 || performance.now() - start > PATIENCE_MS) {
      child.kill("SIGKILL");
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return (await status).signal === "SIGKILL";
}

/** Whether a file is half written in a run's folder or for its checkpoints. */
function hasTemporary(folder: string): boolean {
  return [folder, `${folder}/checkpoint`].some((path) => {
    try {
      return [...Deno.readDirSync(path)].some(({ name }) =>
        name.endsWith(".tmp")
      );
    } catch {
      return false; // Not there yet, or no longer.
    }
  });
}

async function removeFolder(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
}

/** All that a finished run leaves, but its name, times, and the page of them. */
export async function leftBy(name: string) {
  const folder = `data/runs/${name}`;
  const history = JSON.parse(await Deno.readTextFile(`${folder}/history.json`));
  for (const record of history.epochs) delete record.imagesPerSecond;
  return {
    history: { ...history, name: "" },
    model: await Deno.readTextFile(`${folder}/model.json`),
    weights: await Deno.readFile(`${folder}/weights.bin`),
    files: [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
  };
}
