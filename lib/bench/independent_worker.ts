/**
 * One of the threads that share nothing: the module that `startIndependent()`
 * starts as a worker.
 *
 * @module
 */

import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { timeSteps } from "./_timed_thread.ts";
import { startContender } from "./contender.ts";
import type { IndependentTask } from "./independent.ts";

timeSteps(async ({ digits, batch, seed, kernels }: IndependentTask) => {
  await startWasmBackend();
  registerTrainingKernels(kernels);
  const contender = await startContender(digits, {
    workers: 1,
    batch,
    forwardBatch: batch,
    seed,
  });
  return () => contender.trainStep();
});
