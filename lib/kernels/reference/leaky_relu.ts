/**
 * Leaky ReLU in a plain loop: the definition that the kernel is proved against.
 *
 * @module
 */

/** @returns x where x > 0, alpha · x elsewhere. */
export function leakyReluReference(
  x: Float32Array,
  alpha: number,
): Float32Array {
  return x.map((value) => value > 0 ? value : alpha * value);
}
