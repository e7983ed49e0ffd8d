/** The inputs of a softmax out of its results. @module */

/** The least positive 32-bit float: stands for a probability rounded to 0. */
const LEAST = 2 ** -149;

/** Natural logarithms, all finite, at double precision. */
export function logProbabilities(probabilities: Float32Array): Float64Array {
  return Float64Array.from(probabilities, (p) => Math.log(Math.max(p, LEAST)));
}
