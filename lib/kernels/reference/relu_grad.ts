/**
 * The gradient of ReLU in a plain loop: the definition that the kernel is
 * proved against.
 *
 * @module
 */

/**
 * @param x What went into the ReLU.
 * @param dy Gradient of what came out.
 * @returns dy where x > 0, NaN where x is NaN, 0 elsewhere.
 */
export function reluGradReference(
  x: Float32Array,
  dy: Float32Array,
): Float32Array {
  return x.map((value, index) =>
    value > 0 ? dy[index]! : Number.isNaN(value) ? NaN : 0
  );
}
