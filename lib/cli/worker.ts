/**
 * `deno task worker`: reads the pictures of a queue.
 *
 * @module
 */

import { rateText } from "../batch/mod.ts";
import { counted } from "../format/counted.ts";
import { connectQueue, queueAddress, takePictures } from "../queue/mod.ts";
import { modelIdentity } from "./model_path.ts";
import type { QueueArguments } from "./queue_commands.ts";
import { startReaders } from "./readers.ts";
import type { Output } from "./run_task.ts";

/** Pictures that a thread has: one to read and one to go on with. */
const AHEAD = 2;
/** Seconds between two lines about how far it is. */
const SPARSE = 30;

/**
 * Runs the task.
 *
 * @param stop Ends it when the pictures in hand are read.
 */
export async function work(
  { options }: QueueArguments<"worker">,
  output: Output,
  stop: AbortSignal,
): Promise<number> {
  const { model, deadline, queue: url } = options;
  const workers = options.workers ?? navigator.hardwareConcurrency;
  const queue = await connectQueue(
    url!,
    await modelIdentity(model),
    (line) => output.warn(line),
  );
  try {
    // What is on the queue may lie anywhere.
    const readers = await startReaders({
      ...{ model, workers, deadline },
      megapixels: options["max-megapixels"],
    });
    try {
      const start = performance.now();
      let done = 0;
      let failed = 0;
      let shown = start;
      const line = () => {
        const seconds = (performance.now() - start) / 1000;
        const errors = failed === 0 ? "" : ` · ${counted(failed, "error")}`;
        return `${counted(done, "picture")} · ${
          rateText(done / seconds)
        }${errors}`;
      };
      const taking = takePictures(queue, {
        read: (job) => readers.read(job),
        atOnce: AHEAD * workers,
        onDone: (error) => {
          done++;
          if (error !== undefined) failed++;
          const now = performance.now();
          if (output.isTerminal) output.redraw(line());
          else if (now - shown > 1000 * SPARSE) output.warn(line());
          else return;
          shown = now;
        },
      });
      output.print(
        `Reading for the queue at ${queueAddress(url!)} with ${
          counted(workers, "thread")
        }; Ctrl-C ends it`,
      );
      stop.addEventListener("abort", () => taking.stop());
      await taking.ended;
      if (output.isTerminal) output.redraw("");
      output.print(`Read ${line()}`);
      return 0;
    } finally {
      readers.close();
    }
  } finally {
    await queue.close();
  }
}
