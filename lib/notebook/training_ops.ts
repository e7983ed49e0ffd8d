/**
 * Operations that only training needs, at the sizes of the network `small`: on
 * whatever kernels are registered when they run.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../random/mod.ts";

/** Images of a batch. */
const BATCH = 32;

/**
 * @param seed Draws the values.
 * @returns The operations by what they are for; each frees what it makes. Their
 *   inputs stay for good.
 */
export function trainingOps(seed: number) {
  const random = createRandom(seed, "ops");
  const draw = (shape: number[]) =>
    tf.tensor(
      Float32Array.from(
        { length: tf.util.sizeFromShape(shape) },
        // Above 0, as the shipped gradient of a pool is wrong below.
        () => 0.1 + random.next(),
      ),
      shape,
    );
  const plain = { strides: 1, pad: "valid", dataFormat: "NHWC" };
  const pool = { filterSize: 2, strides: 2, pad: "valid" };
  const dy = draw([BATCH, 11, 11, 64]);
  const filter = draw([3, 3, 32, 64]);
  const input = draw([BATCH, 26, 26, 32]);
  const output = tf.maxPool(input as tf.Tensor4D, 2, 2, "valid");
  const dPooled = draw([BATCH, 13, 13, 32]);
  const flat = draw([BATCH, 1600]);
  const dense = draw([1600, 10]);
  const dLogits = draw([BATCH, 10]);
  const once = (run: () => unknown) => () => tf.tidy(() => void run());
  const kernel = (
    name: string,
    inputs: Record<string, tf.Tensor>,
    attrs: object,
  ) =>
    once(() => tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap));
  return {
    "Input gradient of a convolution": kernel(
      "Conv2DBackpropInput",
      { dy, filter },
      { ...plain, inputShape: [BATCH, 13, 13, 32] },
    ),
    "Gradient of a max pool": kernel(
      "MaxPoolGrad",
      { dy: dPooled, input, output },
      pool,
    ),
    "Gradient of a bias": once(() => input.sum([0, 1, 2])),
    "Weight gradient of a dense layer": once(() =>
      tf.matMul(flat, dLogits, true)
    ),
    "Input gradient of a dense layer": once(() =>
      tf.matMul(dLogits, dense, false, true)
    ),
  };
}
