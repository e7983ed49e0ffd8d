/**
 * Kernels that run as one op with a gradient of its own.
 *
 * `tf.customGrad()` does that too, but what it refers to outlives a step: with it
 * each collection of young garbage moves 1.4 MB and takes 3 ms, without it 0.3 MB
 * and 1 ms (a training step of the small net in `../model/architectures.ts`).
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type GradientFunction, tapeEngine } from "./_tape_engine.ts";

/**
 * @param name Of the op on the tape; no gradient may be registered under it, as
 *   that one would be taken.
 * @param inputs What gradients can be taken to.
 * @param run Gives the result, and what is to be kept for the gradient. Without
 *   a tape nothing is. What it makes besides is freed.
 * @param gradient Is given what was kept, in its order; it gives gradients by the
 *   names of the inputs.
 * @returns The result, owned by the caller or the `tf.tidy()` around it.
 */
export function runWithGradient<Result extends tf.Tensor>(
  name: string,
  inputs: tf.NamedTensorMap,
  run: (isKept: boolean) => [Result, ...kept: tf.Tensor[]],
  gradient: GradientFunction,
): Result {
  const engine = tapeEngine();
  if (!engine.isTapeOn()) return tf.tidy(() => run(false)[0]);
  engine.state.kernelDepth++;
  let saved: tf.Tensor[] = [];
  let result: Result;
  try {
    result = tf.tidy(() => {
      const [result, ...kept] = run(true);
      saved = engine.saveTensorsForBackwardMode(kept);
      return result;
    });
  } finally {
    engine.state.kernelDepth--;
  }
  engine.addTapeNode(name, inputs, [result], gradient, saved, {});
  return result;
}
