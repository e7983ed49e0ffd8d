/** Digits and networks that train in milliseconds. @module */

import * as tf from "@tensorflow/tfjs";
import type { Digits } from "@lib/mnist/mod.ts";
import { SeededDropout } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

/** Noise, labeled by which fifth of its rows is brightest. */
export function tinyDigits(count: number, seed = 1): Digits {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const images = Uint8Array.from({ length: count * 784 }, (_, i) => {
    const row = Math.floor(i % 784 / 28);
    const bright = Math.floor(row / 3) === labels[Math.floor(i / 784)];
    return random.next() * (bright ? 256 : 100);
  });
  return { images, labels };
}

/** All kinds of state: convolution, pooling, batch norm, dropout. */
export function tinyModel(seed: number, classes = 10): tf.Sequential {
  const random = createRandom(seed, "weights");
  const kernelInitializer = () =>
    tf.initializers.glorotUniform({ seed: random.uint32() });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [28, 28, 1],
        filters: 4,
        kernelSize: 4,
        strides: 4,
        activation: "relu",
        kernelInitializer: kernelInitializer(),
      }), // [7, 7, 4]
      tf.layers.maxPooling2d({ poolSize: 2 }), // [3, 3, 4]
      tf.layers.batchNormalization(),
      tf.layers.flatten(), // [36]
      new SeededDropout({ rate: 0.25 }, createRandom(seed)),
      tf.layers.dense({
        units: classes,
        activation: "softmax",
        kernelInitializer: kernelInitializer(),
      }),
    ],
  });
}

/** All weights, in order, as bits. */
export function weightsOf(model: tf.LayersModel): Uint32Array[] {
  return bitsOf(model.getWeights());
}

/** Values as bits: two that are equal are so in NaN and the sign of 0 too. */
export function bitsOf(tensors: tf.Tensor[]): Uint32Array[] {
  return tensors.map((tensor) =>
    new Uint32Array(tensor.dataSync<"float32">().slice().buffer)
  );
}
