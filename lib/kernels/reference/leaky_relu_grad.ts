/**
 * The gradient of leaky ReLU in a plain loop: the definition that the kernel
 * is proved against.
 *
 * @module
 */

/**
 * @param x What went into the leaky ReLU.
 * @param dy Gradient of what came out.
 * @returns dy where x > 0, alpha · dy elsewhere.
 */
export function leakyReluGradReference(
  x: Float32Array,
  dy: Float32Array,
  alpha: number,
): Float32Array {
  return dy.map((value, index) => x[index]! > 0 ? value : alpha * value);
}
