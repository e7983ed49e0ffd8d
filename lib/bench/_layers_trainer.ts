/**
 * Training through TensorFlow.js's own layers and gradients, as `model.fit()`
 * does it.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { batches, type Digits } from "../mnist/mod.ts";
import { createModel } from "../model/mod.ts";

/**
 * @returns Takes one step on the next batch, and gives its loss; after the last
 *   batch the first follows.
 */
export function layersTrainer(
  digits: Digits,
  batch: number,
  seed: number,
): () => Promise<number> {
  const order = Uint32Array.from(digits.labels, (_, index) => index);
  const all = [...batches(digits, order, batch)];
  const model = createModel("small", seed);
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  let step = 0;
  return async () => {
    const { images, oneHot, size } = all[step++ % all.length]!;
    const x = tf.tensor4d(images, [size, 28, 28, 1]);
    const y = tf.tensor2d(oneHot, [size, 10]);
    const loss = await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
    return loss as number;
  };
}
