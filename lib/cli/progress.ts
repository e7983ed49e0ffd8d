/**
 * `deno task progress`: how far the pictures of a queue are.
 *
 * @module
 */

import { batchLine } from "../batch/mod.ts";
import { counted } from "../format/counted.ts";
import { thousands } from "../format/numbers.ts";
import { askProgress, connectQueue } from "../queue/mod.ts";
import { modelIdentity } from "./model_path.ts";
import type { QueueArguments } from "./queue_commands.ts";
import type { Output } from "./run_task.ts";

/** Runs the task. */
export async function progress(
  { options }: QueueArguments<"progress">,
  output: Output,
): Promise<number> {
  const queue = await connectQueue(
    options.queue!,
    await modelIdentity(options.model),
    (line) => output.warn(line),
  );
  try {
    const { runs, ...counts } = await askProgress(queue);
    if (options.json) {
      output.print(JSON.stringify({ ...counts, runs }));
      return 0;
    }
    const { workers, waiting, active, again, read, failed } = counts;
    output.print([
      counted(workers, "worker"),
      `${counted(waiting, "picture")} waiting`,
      `${thousands(active)} being read`,
      `${thousands(again)} to be tried again`,
      `${thousands(read)} read and not yet written`,
      `${thousands(failed)} set aside`,
    ].join(" · "));
    if (runs.length === 0) output.print("Nobody waits for results");
    for (const { out, at, ...run } of runs) {
      const ago = Math.round((Date.now() - at) / 1000);
      const since = ago > 10 ? ` (told ${thousands(ago)} s ago)` : "";
      output.print(`${out}: ${batchLine(run)}${since}`);
    }
    return 0;
  } finally {
    await queue.close();
  }
}
