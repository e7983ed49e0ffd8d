/**
 * `deno task bench:folder`, its second half: how many pictures a second are
 * read, by how many threads, and in how much memory.
 *
 * @module
 */

import { resourceUsage } from "node:process";
import { WHOLE } from "../batch/mod.ts";
import { spread } from "../bench/spread.ts";
import { thousands } from "../format/numbers.ts";
import { MAX_MEGAPIXELS } from "./batch_options.ts";
import { SMALL_COUNT, SMALL_PICTURES } from "./make_small_pictures.ts";
import { helpText, parseCommand } from "./options.ts";
import { recognizeBatch } from "./recognize_batch.ts";
import { type Output, runTask } from "./run_task.ts";
import { projectPath } from "./user_path.ts";

const COMMAND = {
  name: "bench:folder",
  summary: `Reads ${thousands(SMALL_COUNT)} small pictures, ` +
    "with one thread and with several by turns.",
  operands: "",
  options: {
    rounds: {
      type: "integer",
      value: "N",
      default: 3,
      minimum: 1,
      maximum: 1000,
      help: "Times that each number of threads reads them all",
    },
    workers: {
      type: "integer",
      value: "N",
      default: navigator.hardwareConcurrency,
      minimum: 1,
      maximum: 1024,
      help: "Threads that are measured beside a single one",
    },
    json: { type: "flag", help: "Prints the figures as one JSON object" },
  },
} as const;

/** What reading a folder takes. */
interface Timing {
  workers: number;
  /** Of each round, from the first thread's start to the last line on disk. */
  picturesPerSecond: number[];
  /** The most of the process's memory that was in use so far, in MB. */
  peakMemoryMB: number;
}

/** Runs the task. */
export async function benchFolder(
  args: string[],
  output: Output,
  { folder = projectPath(SMALL_PICTURES), count = SMALL_COUNT } = {},
): Promise<number> {
  const { options, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  // The single one first: memory that is in use is not given back.
  const timings = [...new Set([1, options.workers])].map((workers): Timing => ({
    ...{ workers, picturesPerSecond: [], peakMemoryMB: 0 },
  }));
  for (let round = 0; round < options.rounds; round++) {
    for (const timing of timings) {
      timing.picturesPerSecond.push(
        count / await seconds(folder, timing.workers),
      );
      if (round === 0) timing.peakMemoryMB = peakMemoryMB();
    }
  }
  const last = timings.at(-1)!;
  last.peakMemoryMB = peakMemoryMB();
  const speedups = last.picturesPerSecond.map((rate, round) =>
    rate / timings[0]!.picturesPerSecond[round]!
  );
  if (options.json) {
    output.print(JSON.stringify({
      pictures: count,
      timings,
      speedup: spread(speedups),
    }));
    return 0;
  }
  for (const { workers, picturesPerSecond, peakMemoryMB } of timings) {
    output.print(
      `${workers === 1 ? "1 thread" : `${workers} threads`}: ${
        spreadText(picturesPerSecond, 1)
      } pictures/s, at most ${thousands(peakMemoryMB)} MB`,
    );
  }
  if (timings.length > 1) {
    output.print(
      `${last.workers} threads to 1: ${spreadText(speedups, 2)} times`,
    );
  }
  return 0;
}

/** From start to end, as a person waits for it. */
async function seconds(folder: string, workers: number): Promise<number> {
  const out = `${folder}.ndjson`;
  const remove = (path: string) => Deno.remove(path).catch(() => {});
  await remove(out);
  const start = performance.now();
  await recognizeBatch({
    ...{ operands: [folder], out, format: "json", shard: WHOLE, workers },
    ...{
      deadline: 60,
      model: undefined,
      options: { megapixels: MAX_MEGAPIXELS.default },
    },
  }, SILENT);
  const time = (performance.now() - start) / 1000;
  await remove(out);
  await remove(`${out}.run.json`);
  return time;
}

const SILENT: Output = {
  print: () => {},
  warn: () => {},
  isTerminal: false,
  redraw: () => {},
};

function peakMemoryMB(): number {
  return resourceUsage().maxRSS / 1024;
}

/** As in `100.1 (98.2 to 103.4)`. */
function spreadText(values: number[], decimals: number): string {
  const { median, min, max } = spread(values);
  const shown = (value: number) => value.toFixed(decimals);
  return `${shown(median)} (${shown(min)} to ${shown(max)})`;
}

if (import.meta.main) Deno.exit(await runTask(benchFolder, Deno.args));
