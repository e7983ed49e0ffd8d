/**
 * The baseline: training without the WebAssembly of this project.
 *
 * @module
 */

import { startTimedThread, type TimedThread } from "./_timed_thread.ts";
import type { ComposedTask } from "./composed_trainer.ts";

/** Starts it in a thread of its own. */
export function startComposed(task: ComposedTask): Promise<TimedThread> {
  const module = new URL("./composed_worker.ts", import.meta.url);
  return startTimedThread(module, task, "the baseline");
}
