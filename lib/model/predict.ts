/**
 * From images to the probability of each digit.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { applyLayers, type ApplyOptions } from "./apply_layers.ts";

/** Images that go through the network at a time: bounds its memory. */
export const PREDICT_BATCH_SIZE = 64;

/** Classes that a network tells apart: 10, or 11 with `NO_DIGIT`. */
export function classCount(model: tf.LayersModel): number {
  return model.outputs[0]!.shape.at(-1)!;
}

/**
 * @param model Takes [batch, 28, 28, 1], gives [batch, classes].
 * @param images [count, 28, 28, 1] in 0…1, ink high.
 * @param options `oneView` as in `applyLayers()`.
 * @returns Probabilities, [count, classes] row-major.
 */
export function predict(
  model: tf.LayersModel,
  images: Float32Array,
  options: Pick<ApplyOptions, "oneView"> = {},
): Float32Array {
  const count = images.length / 784;
  const classes = classCount(model);
  const probabilities = new Float32Array(count * classes);
  for (let start = 0; start < count; start += PREDICT_BATCH_SIZE) {
    const end = Math.min(count, start + PREDICT_BATCH_SIZE);
    const batch = tf.tidy(() => {
      const x = tf.tensor4d(
        images.subarray(start * 784, end * 784),
        [end - start, 28, 28, 1],
      );
      return applyLayers(model, x, { ...options, training: false })
        .dataSync<"float32">();
    });
    probabilities.set(batch, start * classes);
  }
  return probabilities;
}
