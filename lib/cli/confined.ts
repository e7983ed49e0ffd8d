/**
 * `deno task recognize` and `deno task evaluate` begin here: it runs the task
 * in a thread that may do what its command line asks for, and nothing else.
 *
 * @module
 */

import { modelOption, permissionsFor } from "./permissions_for.ts";
import { errorMessage } from "./run_task.ts";

/** What the thread says: that the task has ended, or that it needs the model. */
export type ConfinedMessage = { code: number } | { needs: "classifier" };

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
  const fail = (error: unknown) => {
    console.error(`Error: ${errorMessage(error)}`);
    resolve(1);
  };
  let isAsked = false;
  const giveClassifier = async () => {
    // Loaded when needed, while the other thread loads the reader.
    const { startClassifier } = await import("./start_classifier.ts");
    // Its own look at the command line: the thread cannot ask for other files.
    const port = startClassifier(modelOption(name, args), fail);
    worker.postMessage({ port }, [port]);
  };
  worker.onmessage = ({ data }: MessageEvent<ConfinedMessage>) => {
    if ("code" in data) return resolve(data.code);
    // Once: it must not start as many as it likes.
    if (isAsked) return;
    isAsked = true;
    giveClassifier().catch(fail);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  worker.postMessage({ name, args });
  return await promise;
}

if (import.meta.main) {
  const [name, ...args] = Deno.args;
  Deno.exit(await runConfined(name!, args));
}
