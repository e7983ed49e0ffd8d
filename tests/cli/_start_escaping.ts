/**
 * With all permissions, starts threads with those of the project's own, and
 * prints what each of them could do nevertheless.
 *
 * @module
 */

import { queuePermissions } from "@lib/cli/queue.ts";
import {
  parseQueueCommand,
  type QueueTaskName,
} from "@lib/cli/queue_commands.ts";
import { readerPermissions } from "@lib/cli/reader_permissions.ts";

const [allowed, other] = Deno.args as [string, string];

async function escape(permissions: Deno.PermissionOptions): Promise<string[]> {
  const thread = new Worker(new URL("./_escaping_thread.ts", import.meta.url), {
    type: "module",
    deno: { permissions },
  });
  const done = new Promise<string[]>((resolve, reject) => {
    thread.onmessage = ({ data }) => resolve(data);
    thread.onerror = reject;
  });
  thread.postMessage({ allowed, other });
  return await done.finally(() => thread.terminate());
}

const address = "127.0.0.1:1";
const queue = ["--queue", `redis://${address}`];
const asQueue = (task: QueueTaskName, ...args: string[]) =>
  escape(queuePermissions(
    task,
    address,
    parseQueueCommand(task, [...queue, ...args]),
  ));
const model = undefined;

console.log(JSON.stringify({
  submit: await asQueue("submit", allowed, "--out", `${allowed}/out`),
  worker: await asQueue("worker"),
  progress: await asQueue("progress"),
  "reader of a folder": await escape(
    readerPermissions({ model, reads: [allowed] }),
  ),
  "reader that draws": await escape(
    readerPermissions({ model, reads: [], writes: allowed }),
  ),
  "reader of a queue": await escape(readerPermissions({ model })),
  classifier: await escape(readerPermissions({ model, reads: [] })),
}));
