/**
 * A small CNN twice: in ops of TensorFlow.js, and in plain loops over float64,
 * in which a finite difference is right to ten digits.
 *
 *   conv 3×3 (same), batch norm, leaky ReLU, average pool 2×2,
 *   conv 3×3 (same, stride 2), batch norm, leaky ReLU, max pool 2×2,
 *   dense, softmax cross-entropy
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { softmaxCrossEntropy } from "@lib/kernels/mod.ts";

const BATCH = 7;
const CLASSES = 10;
const SLOPE = 0.2;
const EPSILON = 1e-3;

/** What the loss depends on: the images, then the weights layer by layer. */
export const SHAPES = {
  x: [BATCH, 9, 9, 2],
  filter1: [3, 3, 2, 5],
  bias1: [5],
  scale1: [5],
  offset1: [5],
  filter2: [3, 3, 5, 6],
  bias2: [6],
  scale2: [6],
  offset2: [6],
  dense: [6, CLASSES],
  bias3: [CLASSES],
} satisfies Record<string, number[]>;

/** A tensor or an array for each name. */
export type Inputs<T> = Record<keyof typeof SHAPES, T>;

/** The class of each image. */
const LABELS = [0, 3, 9, 1, 3, 7, 5];

/** The loss in ops, on the current backend. */
export function lossInOps(inputs: Inputs<tf.Tensor>): tf.Scalar {
  const image = (tensor: tf.Tensor) => tensor as tf.Tensor4D;
  const normalize = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const row = (tensor: tf.Tensor) => tensor as tf.Tensor1D;
    return tf.batchNorm(
      x,
      row(mean),
      row(variance),
      row(offset),
      row(scale),
      EPSILON,
    ).leakyRelu(SLOPE);
  };
  const conv1 = tf.conv2d(image(inputs.x), image(inputs.filter1), 1, "same")
    .add(inputs.bias1);
  const hidden1 = normalize(conv1, inputs.scale1, inputs.offset1);
  const pooled = tf.avgPool(image(hidden1), 2, 2, "valid");
  const conv2 = tf.conv2d(pooled, image(inputs.filter2), 2, "same")
    .add(inputs.bias2);
  const hidden2 = normalize(conv2, inputs.scale2, inputs.offset2);
  const logits = tf.maxPool(image(hidden2), 2, 2, "valid")
    .reshape([BATCH, -1]).matMul(inputs.dense).add(inputs.bias3);
  const oneHot = tf.oneHot(tf.tensor1d(LABELS, "int32"), CLASSES).toFloat();
  return softmaxCrossEntropy(logits as tf.Tensor2D, oneHot as tf.Tensor2D);
}

/** The same loss in loops. */
export function lossInFloat64(inputs: Inputs<Float64Array>): number {
  let x: Image = {
    size: 9,
    channels: 2,
    values: inputs.x,
  };
  x = conv(x, inputs.filter1, inputs.bias1, 1);
  x = normalize(x, inputs.scale1, inputs.offset1);
  x = pool(x, (a, b, c, d) => (a + b + c + d) / 4);
  x = conv(x, inputs.filter2, inputs.bias2, 2);
  x = normalize(x, inputs.scale2, inputs.offset2);
  x = pool(x, Math.max);
  return crossEntropy(x, inputs.dense, inputs.bias3);
}

/** [BATCH, size, size, channels]. */
interface Image {
  size: number;
  channels: number;
  values: Float64Array;
}

/** 3×3, padding same: one pixel, but only after the last where 4 become 2. */
function conv(
  x: Image,
  filter: Float64Array,
  bias: Float64Array,
  stride: number,
): Image {
  const size = x.size / stride;
  const channels = bias.length;
  const before = stride === 1 ? 1 : 0;
  const values = new Float64Array(BATCH * size * size * channels);
  for (let index = 0; index < values.length; index++) {
    const [b, i, j, output] = position(index, size, channels);
    let sum = bias[output]!;
    for (let p = 0; p < 3; p++) {
      for (let q = 0; q < 3; q++) {
        const row = i * stride + p - before;
        const column = j * stride + q - before;
        if (Math.min(row, column) < 0) continue;
        if (Math.max(row, column) >= x.size) continue;
        const pixel = ((b * x.size + row) * x.size + column) * x.channels;
        const weight = (p * 3 + q) * x.channels * channels + output;
        for (let input = 0; input < x.channels; input++) {
          sum += x.values[pixel + input]! * filter[weight + input * channels]!;
        }
      }
    }
    values[index] = sum;
  }
  return { size, channels, values };
}

/** With the moments of the batch, then leaky ReLU. */
function normalize(x: Image, scale: Float64Array, offset: Float64Array): Image {
  const values = new Float64Array(x.values.length);
  const rows = x.values.length / x.channels;
  for (let c = 0; c < x.channels; c++) {
    const channel = x.values.filter((_, index) => index % x.channels === c);
    const mean = channel.reduce((sum, value) => sum + value, 0) / rows;
    const variance = channel.reduce((sum, value) =>
      sum + (value - mean) ** 2, 0) / rows;
    const deviation = Math.sqrt(variance + EPSILON);
    for (let row = 0; row < rows; row++) {
      const y = (channel[row]! - mean) / deviation * scale[c]! + offset[c]!;
      values[row * x.channels + c] = y > 0 ? y : SLOPE * y;
    }
  }
  return { ...x, values };
}

/** 2×2, stride 2, without padding: an odd last row is never looked at. */
function pool(
  x: Image,
  of: (a: number, b: number, c: number, d: number) => number,
): Image {
  const size = Math.floor(x.size / 2);
  const values = new Float64Array(BATCH * size * size * x.channels);
  for (let index = 0; index < values.length; index++) {
    const [b, i, j, c] = position(index, size, x.channels);
    const at = (row: number, column: number) =>
      x.values[
        ((b * x.size + 2 * i + row) * x.size + 2 * j + column) * x.channels + c
      ]!;
    values[index] = of(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
  }
  return { size, channels: x.channels, values };
}

function crossEntropy(
  x: Image,
  dense: Float64Array,
  bias: Float64Array,
): number {
  let loss = 0;
  for (const [b, label] of LABELS.entries()) {
    const logits = Array.from(bias, (value, c) => {
      let sum = value;
      for (let k = 0; k < x.channels; k++) {
        sum += x.values[b * x.channels + k]! * dense[k * CLASSES + c]!;
      }
      return sum;
    });
    const powers = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    loss += Math.log(powers) - logits[label]!;
  }
  return loss / BATCH;
}

function position(
  index: number,
  size: number,
  channels: number,
): [b: number, i: number, j: number, c: number] {
  const pixel = Math.floor(index / channels);
  const row = Math.floor(pixel / size);
  return [Math.floor(row / size), row % size, pixel % size, index % channels];
}
