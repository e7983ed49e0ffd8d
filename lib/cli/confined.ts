/**
 * `deno task recognize` and `deno task evaluate` begin here: it runs the task
 * in a thread that may do what its command line asks for, and nothing else.
 *
 * @module
 */

import { permissionsFor } from "./permissions_for.ts";

/**
 * @param name Of the task.
 * @returns Its exit code.
 */
export async function runConfined(
  name: string,
  args: string[],
): Promise<number> {
  const worker = new Worker(import.meta.resolve("./_confined_worker.ts"), {
    type: "module",
    name,
    deno: { permissions: { ...permissionsFor(name, args) } },
  });
  const { promise, resolve } = Promise.withResolvers<number>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    console.error(`Error: ${event.message.replaceAll(/\s*\n\s*/g, " ")}`);
    resolve(1);
  };
  worker.postMessage({ name, args });
  return await promise;
}

if (import.meta.main) {
  const [name, ...args] = Deno.args;
  Deno.exit(await runConfined(name!, args));
}
