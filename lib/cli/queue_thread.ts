/**
 * The thread that a task of the queue runs in: the module that `queue.ts`
 * starts as a worker.
 *
 * @module
 */

import { progress } from "./progress.ts";
import type { QueueArguments, QueueTaskName } from "./queue_commands.ts";
import { type Output, runTask } from "./run_task.ts";
import { submit } from "./submit.ts";
import { work } from "./worker.ts";

/** What the thread is sent to begin with. */
interface Start<Name extends QueueTaskName> {
  task: Name;
  parsed: QueueArguments<Name>;
}

type Message =
  | Start<"submit">
  | Start<"worker">
  | Start<"progress">
  | "stop";

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent<Message>) => Promise<void>;
  postMessage(code: number): void;
};

const stop = new AbortController();

worker.onmessage = async ({ data }) => {
  if (data === "stop") {
    stop.abort();
    return;
  }
  worker.postMessage(await runTask((_, output) => run(data, output), []));
};

function run(
  start: Exclude<Message, "stop">,
  output: Output,
): Promise<number> {
  switch (start.task) {
    case "submit":
      return submit(start.parsed, output);
    case "worker":
      return work(start.parsed, output, stop.signal);
    case "progress":
      return progress(start.parsed, output);
  }
}
