/**
 * Batch normalization with given moments, in plain loops and float64: the
 * definition that the kernel is proved against.
 *
 * @module
 */

/** What a channel is normalized with, each of them [channels]. */
export interface BatchNormMoments {
  mean: Float32Array;
  variance: Float32Array;
  /** Ones where left out. */
  scale?: Float32Array;
  /** Zeros where left out; no gradient depends on it. */
  offset?: Float32Array;
  epsilon: number;
}

/**
 * @param x [rows, channels].
 * @returns (x − mean) · scale / √(variance + epsilon) + offset.
 */
export function batchNormReference(
  x: Float32Array,
  { mean, variance, scale, offset, epsilon }: BatchNormMoments,
): Float32Array {
  return x.map((value, index) => {
    const channel = index % mean.length;
    const deviation = Math.sqrt(variance[channel]! + epsilon);
    return (value - mean[channel]!) / deviation * (scale?.[channel] ?? 1) +
      (offset?.[channel] ?? 0);
  });
}
