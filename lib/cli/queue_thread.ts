/**
 * The thread that a task of the queue runs in: the module that `queue.ts`
 * starts as a worker.
 *
 * @module
 */

import type { QueueArguments, QueueTaskName } from "./queue_commands.ts";
import { type Output, runTask } from "./run_task.ts";

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

/** Loaded here, as what comes while a thread still loads is heard by nobody. */
async function run(
  start: Exclude<Message, "stop">,
  output: Output,
): Promise<number> {
  switch (start.task) {
    case "submit": {
      const { submit } = await import("./submit.ts");
      return await submit(start.parsed, output);
    }
    case "worker": {
      const { work } = await import("./worker.ts");
      return await work(start.parsed, output, stop.signal);
    }
    case "progress": {
      const { progress } = await import("./progress.ts");
      return await progress(start.parsed, output);
    }
  }
}
