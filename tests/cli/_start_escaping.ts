/**
 * With all permissions, starts threads with those of the project's own, and
 * prints what each of them could do nevertheless.
 *
 * @module
 */

import { queuePermissions } from "@lib/cli/queue.ts";
import { readerPermissions } from "@lib/cli/readers.ts";

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

console.log(JSON.stringify([
  await escape(queuePermissions("127.0.0.1:1", `${allowed}/out`)),
  await escape(queuePermissions("127.0.0.1:1", undefined)),
  await escape(readerPermissions(allowed)),
  await escape(readerPermissions(undefined)),
]));
