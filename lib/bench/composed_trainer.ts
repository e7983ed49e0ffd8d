/**
 * Training without the WebAssembly of this project: the kernels, gradients and
 * optimizers that TensorFlow.js was shipped with, and of this project only the
 * gradients of convolutions put together from other operations, without which
 * no CNN trains.
 *
 * @module
 */

import { registerComposedKernels, startWasmBackend } from "../kernels/mod.ts";
import type { Digits } from "../mnist/mod.ts";
import { layersTrainer } from "./_layers_trainer.ts";

/** What the baseline trains on. */
export interface ComposedTask {
  digits: Digits;
  batch: number;
  seed: number;
}

/**
 * Makes the kernels ready for the whole thread, in which
 * `registerTrainingKernels()` must not have been called.
 *
 * @returns Takes one step on the next batch, and gives its loss.
 */
export async function composedTrainer(
  { digits, batch, seed }: ComposedTask,
): Promise<() => Promise<number>> {
  await startWasmBackend();
  registerComposedKernels();
  return layersTrainer(digits, batch, seed);
}
