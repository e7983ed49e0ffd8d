/**
 * The baseline: training without the WebAssembly of this project.
 *
 * @module
 */

import type { ComposedTask } from "./composed_trainer.ts";

/** The baseline, ready. */
export interface Composed {
  /** @returns Training images a second, over about that many seconds. */
  run(seconds: number): Promise<number>;
  close(): void;
}

/** Starts it in a thread of its own. */
export async function startComposed(task: ComposedTask): Promise<Composed> {
  const worker = new Worker(
    new URL("./composed_worker.ts", import.meta.url),
    { type: "module" },
  );
  const ask = (message: ComposedTask | number) =>
    new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(
          new Error(
            `Cannot time the baseline as its thread must go on: ${event.message}`,
          ),
        );
      };
      worker.postMessage(message);
    });
  await ask(task);
  return { run: ask, close: () => worker.terminate() };
}
