/**
 * The sum over the leading axes in a plain loop: the definition that the kernel
 * is proved against.
 *
 * @module
 */

/**
 * @param x [rows, columns].
 * @returns The sums of the columns, added in float64 and rounded once.
 */
export function sumReference(x: Float32Array, columns: number): Float32Array {
  const sums = new Float64Array(columns);
  for (const [index, value] of x.entries()) sums[index % columns]! += value;
  return Float32Array.from(sums);
}
