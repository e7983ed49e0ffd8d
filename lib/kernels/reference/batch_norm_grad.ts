/**
 * The gradient of batch normalization with given moments, in plain loops and
 * float64: the definition that the kernel is proved against.
 *
 * @module
 */

import type { BatchNormMoments } from "./batch_norm.ts";

/** The gradients of the sum of dy · y. */
export interface BatchNormGradients {
  /** [rows, channels]; the others are [channels]. */
  dx: Float32Array;
  dMean: Float32Array;
  dVariance: Float32Array;
  dScale: Float32Array;
  dOffset: Float32Array;
}

/**
 * @param x [rows, channels].
 * @param dy As `x`.
 */
export function batchNormGradReference(
  x: Float32Array,
  dy: Float32Array,
  { mean, variance, scale, epsilon }: BatchNormMoments,
): BatchNormGradients {
  const channels = mean.length;
  const dx = new Float32Array(x.length);
  const dMean = new Float64Array(channels);
  const dVariance = new Float64Array(channels);
  const dScale = new Float64Array(channels);
  const dOffset = new Float64Array(channels);
  for (let index = 0; index < x.length; index++) {
    const channel = index % channels;
    const factor = scale?.[channel] ?? 1;
    const square = variance[channel]! + epsilon;
    const deviation = Math.sqrt(square);
    const centered = x[index]! - mean[channel]!;
    const gradient = dy[index]!;
    dx[index] = gradient * factor / deviation;
    dMean[channel]! -= gradient * factor / deviation;
    dVariance[channel]! -= gradient * factor * centered /
      (2 * square * deviation);
    dScale[channel]! += gradient * centered / deviation;
    dOffset[channel]! += gradient;
  }
  return {
    dx,
    dMean: Float32Array.from(dMean),
    dVariance: Float32Array.from(dVariance),
    dScale: Float32Array.from(dScale),
    dOffset: Float32Array.from(dOffset),
  };
}
