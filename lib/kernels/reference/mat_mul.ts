/**
 * Batched matrix multiplication in plain loops: the definition that the
 * kernels are proved against.
 *
 * @module
 */

/** Sizes of a product [batch, rows, inner] × [batch, inner, columns]. */
export interface MatMulShape {
  batch: number;
  rows: number;
  inner: number;
  columns: number;
  /** True where `a` is stored as [batch, inner, rows]. */
  transposeA: boolean;
  /** True where `b` is stored as [batch, columns, inner]. */
  transposeB: boolean;
}

/**
 * @param bias Added to every row, length `columns`; none where left out.
 * @returns a × b + bias, [batch, rows, columns].
 */
export function matMulReference(
  a: Float32Array,
  b: Float32Array,
  shape: MatMulShape,
  bias?: Float32Array,
): Float32Array {
  const { batch, rows, inner, columns, transposeA, transposeB } = shape;
  const product = new Float32Array(batch * rows * columns);
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = bias?.[j] ?? 0;
        for (let k = 0; k < inner; k++) {
          const aIndex = transposeA ? k * rows + i : i * inner + k;
          const bIndex = transposeB ? j * inner + k : k * columns + j;
          sum += a[n * rows * inner + aIndex]! *
            b[n * inner * columns + bIndex]!;
        }
        product[(n * rows + i) * columns + j] = sum;
      }
    }
  }
  return product;
}
