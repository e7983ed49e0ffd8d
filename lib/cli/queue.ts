/**
 * `deno task submit`, `worker` and `progress`: the tasks that use a queue.
 *
 * Which host the queue is on is known only when the command line has been read,
 * so these tasks are given the network, and this module hands on what they
 * need: everything else runs in a thread that can reach the queue's host and
 * port alone, and before that is loaded, this one gives the network up.
 *
 * @module
 */

import { resultFiles } from "../batch/result_file.ts";
import { queueAddress } from "../queue/queue_address.ts";
import { modelPath } from "./model_path.ts";
import { helpText, UsageError } from "./options.ts";
import {
  parseQueueCommand,
  QUEUE_COMMANDS,
  type QueueArguments,
  type QueueTaskName,
} from "./queue_commands.ts";
import { errorMessage, type Output, runTask } from "./run_task.ts";
import { projectPath, userPath } from "./user_path.ts";
import { withTargets } from "./with_targets.ts";

/**
 * All that the thread of a queue's task may do: `submit` lists pictures and
 * writes results, `worker` reads whatever the queue names, and `progress` only
 * tells models apart.
 *
 * @param address Host and port of the queue.
 */
export function queuePermissions(
  task: QueueTaskName,
  address: string,
  { options, operands }: QueueArguments<QueueTaskName>,
): Deno.PermissionOptionsObject {
  const written = "out" in options ? resultFiles(userPath(options.out!)) : [];
  return {
    net: [address],
    read: task === "worker" ? "inherit" : withTargets([
      projectPath("lib"),
      modelPath(options.model),
      ...operands.map(userPath),
      ...written,
    ]),
    write: written.length > 0 ? withTargets(written) : false,
    env: "inherit",
    run: false,
    sys: false,
    ffi: false,
    import: false,
  };
}

/**
 * Runs a task of the queue in a thread with no more permissions than it needs.
 *
 * @param args The task's name, and what it is told.
 */
export async function runQueueTask(
  [name, ...args]: string[],
  output: Output,
): Promise<number> {
  const task = name as QueueTaskName;
  const parsed = parseQueueCommand(task, args);
  if (parsed.help) {
    output.print(helpText(QUEUE_COMMANDS[task]));
    return 0;
  }
  const address = addressOf(parsed.options.queue!);
  const thread = new Worker(new URL("./queue_thread.ts", import.meta.url), {
    type: "module",
    deno: { permissions: queuePermissions(task, address, parsed) },
  });
  Deno.permissions.revokeSync({ name: "net" });
  const ended = new Promise<number>((resolve, reject) => {
    thread.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    thread.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
  thread.postMessage({ task, parsed });
  let isStopping = false;
  const stop = () => {
    if (isStopping) Deno.exit(130);
    isStopping = true;
    thread.postMessage("stop");
  };
  if (task === "worker") Deno.addSignalListener("SIGINT", stop);
  try {
    return await ended;
  } finally {
    thread.terminate();
    if (task === "worker") Deno.removeSignalListener("SIGINT", stop);
  }
}

function addressOf(queue: string): string {
  try {
    return queueAddress(queue);
  } catch (error) {
    throw new UsageError(errorMessage(error));
  }
}

if (import.meta.main) Deno.exit(await runTask(runQueueTask, Deno.args));
