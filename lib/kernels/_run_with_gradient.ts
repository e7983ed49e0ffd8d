/**
 * Kernels that run as one op with a gradient of its own.
 *
 * `tf.customGrad()` does that too, but with it more of a step outlives the step:
 * each collection of young garbage moved more than a MB and took 3 ms in place
 * of 1, in the thread that trains, and left more to collect among the old.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type GradientFunction, tapeEngine } from "./_tape_engine.ts";

/**
 * @param name Of the op, for who looks at the tape.
 * @param inputs What gradients can be taken to.
 * @param run Gives the result, and what is to be kept for the gradient. Without
 *   a tape nothing is. What it makes besides is freed.
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
