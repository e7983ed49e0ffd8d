/**
 * `deno task bench`: how fast this project trains a small CNN, next to PyTorch
 * on the same machine.
 *
 * @module
 */

import { benchTable, measure } from "../bench/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { type Digits, loadMnist, PIXELS } from "../mnist/mod.ts";
import { MAX_WORKERS } from "../train/mod.ts";
import { helpText, parseCommand } from "./options.ts";
import { type Output, runTask } from "./run_task.ts";
import { dataPath, projectPath } from "./user_path.ts";

const COMMAND = {
  name: "bench",
  summary: "Measures training, next to PyTorch where a python3 has it.",
  operands: "",
  options: {
    data: {
      type: "text",
      value: "auto|full|sample|DIR",
      default: "auto",
      help: "Where the digits are from, as for train",
    },
    rounds: {
      type: "integer",
      value: "N",
      default: 5,
      minimum: 1,
      maximum: 1000,
      help: "Times that everything is measured, by turns",
    },
    workers: {
      type: "integer",
      value: "N",
      default: Math.min(navigator.hardwareConcurrency, MAX_WORKERS),
      minimum: 1,
      maximum: MAX_WORKERS,
      help: "Threads that train together, measured beside a single one",
    },
    json: { type: "flag", help: "Prints the figures as one JSON object" },
  },
} as const;

/** Digits that both sides go round in. */
const DIGITS = 4096;
/** Draws weights and dropout, and which digits are taken. */
const SEED = 7;

/**
 * Runs the task.
 *
 * @param seconds Of each piece in each round.
 */
export async function bench(
  args: string[],
  output: Output,
  seconds = 0.5,
): Promise<number> {
  const { options, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  await startWasmBackend();
  registerTrainingKernels();
  const digits = await loadMnist(dataPath(options.data), { seed: SEED });
  const script = projectPath("tests/peers/pytorch_cnn.py");
  const result = await measure(firstDigits(digits.train), {
    data: digits.description,
    workers: options.workers,
    rounds: options.rounds,
    seconds,
    seed: SEED,
    // The system's own is another one where a newer is first on the path.
    pythons: [["python3", script], ["/usr/bin/python3", script]],
    onRound: (round) => {
      if (output.isTerminal) {
        output.redraw(`Round ${round} of ${options.rounds}`);
      }
    },
  });
  if (output.isTerminal) output.redraw("");
  if (options.json) output.print(JSON.stringify(result));
  else for (const line of benchTable(result)) output.print(line);
  return 0;
}

function firstDigits({ images, labels }: Digits): Digits {
  if (labels.length < DIGITS) {
    throw new RangeError(
      `Cannot run bench as the data must hold at least ${DIGITS} digits to train on: current number is ${labels.length}`,
    );
  }
  return {
    images: images.slice(0, DIGITS * PIXELS),
    labels: labels.slice(0, DIGITS),
  };
}

if (import.meta.main) Deno.exit(await runTask(bench, Deno.args));
