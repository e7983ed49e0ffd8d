/**
 * `deno task submit`: puts pictures on a queue and writes the results.
 *
 * @module
 */

import { type LineFormat, WHOLE } from "../batch/mod.ts";
import { connectQueue, submitPictures, tellProgress } from "../queue/mod.ts";
import { modelIdentity } from "./model_path.ts";
import type { QueueArguments } from "./queue_commands.ts";
import type { Output } from "./run_task.ts";
import { taskCommand } from "./task_command.ts";
import { userPath } from "./user_path.ts";
import { type ResultsTask, writeResults } from "./write_results.ts";

/** Milliseconds between two times that it tells how far it is. */
const TELL = 1000;
/** Milliseconds without a worker until it says so. */
const LONELY = 5000;

/** Runs the task. */
export async function submit(
  { options, operands }: QueueArguments<"submit">,
  output: Output,
): Promise<number> {
  const { model, length, csv, queue: url } = options;
  const format: LineFormat = csv ? "csv" : "json";
  const readOptions = {
    length,
    minConfidence: options["min-confidence"],
    megapixels: options["max-megapixels"],
  };
  const out = options.out!;
  const queue = await connectQueue(
    url!,
    await modelIdentity(model),
    (line) => output.warn(line),
  );
  const task: ResultsTask = {
    ...{ operands, out, format, model, options: readOptions, shard: WHOLE },
  };
  try {
    return await writeResults(task, output, async (run) => {
      let told = 0;
      let looked = Date.now();
      await submitPictures(queue, {
        ...run,
        options: readOptions,
        format,
        onLook: async () => {
          const at = Date.now();
          if (at - told < TELL) return;
          told = at;
          const { progress } = run;
          await tellProgress(queue, run.id, {
            ...progress,
            out: userPath(out),
            at,
          });
          if (at - looked < LONELY) return;
          looked = at;
          if (await queue.queue.getWorkersCount() === 0) {
            output.warn(
              `No worker reads for this queue yet: start some with ${
                taskCommand(`worker --queue ${url}`)
              }`,
            );
            looked = Infinity;
          }
        },
      });
      await tellProgress(queue, run.id, undefined);
    });
  } finally {
    await queue.close();
  }
}
