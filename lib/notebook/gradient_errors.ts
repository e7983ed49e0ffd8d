/**
 * A filter's gradient held against finite differences.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../random/mod.ts";

/** [batch, height, width, channels], and a filter of 3×3 with 4 channels out. */
const X: [number, number, number, number] = [1, 6, 6, 2];
const FILTER: [number, number, number, number] = [3, 3, 2, 4];

/** Computes dFilter of a convolution with stride 1 and without padding. */
export type FilterGradient = (
  x: Float32Array,
  dy: Float32Array,
  info: tf.backend_util.Conv2DInfo,
) => Float32Array;

/**
 * For the loss Σ tanh(x ∗ filter) on random values: how far the gradient lies
 * from (loss(w + h) − loss(w − h)) / 2h, with a loss in float64.
 *
 * @param steps The h to try.
 * @param seed Draws x and filter.
 * @returns For each step the largest difference of all weights.
 */
export function gradientErrors(
  gradient: FilterGradient,
  steps: number[],
  seed: number,
): number[] {
  const random = createRandom(seed, "gradient");
  const draw = (shape: number[]) =>
    Float32Array.from(
      { length: tf.util.sizeFromShape(shape) },
      () => 2 * random.next() - 1,
    );
  const [x, filter] = [draw(X), draw(FILTER)];
  const info = tf.backend_util.computeConv2DInfo(X, FILTER, 1, 1, "valid");
  const weights = Float64Array.from(filter);
  const y = convolve(x, weights, info);
  // The slope of tanh: what the loss says to the convolution.
  const dy = Float32Array.from(y, (value) => 1 - Math.tanh(value) ** 2);
  const dFilter = gradient(x, dy, info);
  const loss = () =>
    convolve(x, weights, info)
      .reduce((sum, value) => sum + Math.tanh(value), 0);
  return steps.map((step) =>
    Math.max(...dFilter.map((value, i) => {
      const weight = weights[i]!;
      weights[i] = weight + step;
      const above = loss();
      weights[i] = weight - step;
      const slope = (above - loss()) / (2 * step);
      weights[i] = weight;
      return Math.abs(slope - value);
    }))
  );
}

/** In float64, of one image. */
function convolve(
  x: Float32Array,
  filter: Float64Array,
  info: tf.backend_util.Conv2DInfo,
): Float64Array {
  const { inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const run = info.filterWidth * inChannels;
  return Float64Array.from(
    { length: outHeight * outWidth * outChannels },
    (_, at) => {
      const k = at % outChannels;
      const pixel = (at - k) / outChannels;
      const j = pixel % outWidth;
      const i = (pixel - j) / outWidth;
      let sum = 0;
      for (let r = 0; r < info.filterHeight; r++) {
        const from = ((i + r) * inWidth + j) * inChannels;
        for (let n = 0; n < run; n++) {
          sum += x[from + n]! * filter[(r * run + n) * outChannels + k]!;
        }
      }
      return sum;
    },
  );
}
