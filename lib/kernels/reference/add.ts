/**
 * The sum with a bias in a plain loop: the definition that the kernel is proved
 * against.
 *
 * @module
 */

/**
 * @param x [..., columns].
 * @param bias [columns].
 * @returns x + bias, [..., columns].
 */
export function addReference(
  x: Float32Array,
  bias: Float32Array,
): Float32Array {
  return x.map((value, index) => value + bias[index % bias.length]!);
}
