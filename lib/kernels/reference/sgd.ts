/**
 * A step of gradient descent in a plain loop: the definition that the kernel is
 * proved against.
 *
 * @module
 */

/** @returns The new values, computed in float64 and rounded once. */
export function sgdReference(
  value: Float32Array,
  gradient: Float32Array,
  learningRate: number,
): Float32Array {
  return value.map((old, index) => old - learningRate * gradient[index]!);
}
