/**
 * Threads that share nothing but the machine: each trains a network of its own.
 *
 * They have no gradients to sum and nobody to wait for, so what they lack to
 * being as many times as fast as one is what the machine itself takes: caches
 * and memory that the cores share, and their clock. A team cannot do better.
 *
 * @module
 */

import type { TrainingKernelOptions } from "../kernels/mod.ts";
import type { Digits } from "../mnist/mod.ts";
import { startTimedThread, type TimedThread } from "./_timed_thread.ts";

/** What each of them trains on. */
export interface IndependentTask {
  digits: Digits;
  batch: number;
  seed: number;
  kernels: TrainingKernelOptions;
}

/**
 * Starts so many, each in a thread with a heap and tensors of its own.
 *
 * @returns Runs all at once, for the images that they train a second together.
 */
export async function startIndependent(
  count: number,
  task: IndependentTask,
): Promise<TimedThread> {
  const module = new URL("./independent_worker.ts", import.meta.url);
  const starting = await Promise.allSettled(
    Array.from(
      { length: count },
      () => startTimedThread(module, task, "a network of its own"),
    ),
  );
  const threads = starting.flatMap((start) =>
    start.status === "fulfilled" ? [start.value] : []
  );
  const close = () => threads.forEach((thread) => thread.close());
  const failed = starting.find((start) => start.status === "rejected");
  if (failed) {
    close();
    throw failed.reason;
  }
  return {
    run: async (seconds) => {
      const figures = await Promise.all(
        threads.map((thread) => thread.run(seconds)),
      );
      return figures.reduce((sum, figure) => sum + figure);
    },
    close,
  };
}
