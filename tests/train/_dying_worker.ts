/**
 * A thread of a team that dies in the middle of a run, and with `?silent` in
 * its address without a word.
 *
 * @module
 */

import "@lib/train/training_worker.ts";

const { wait } = Atomics;
let waits = 0;

// It waits once for each command, and at times for the others.
Atomics.wait = ((array: Int32Array, index: number, value: number) => {
  waits++;
  if (waits < 8) return wait(array, index, value);
  if (import.meta.url.endsWith("?silent")) {
    // Keeps its report to itself.
    Object.assign(Atomics, { compareExchange: () => 1 });
  }
  throw new Error("Cannot live any longer");
}) as typeof Atomics.wait;
