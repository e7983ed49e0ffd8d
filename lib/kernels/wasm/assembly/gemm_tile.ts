/**
 * The micro-kernel of every dense product: a tile of C stays in registers
 * while a panel of packed columns of B goes by.
 *
 *   C[i, j] = start[i, j] + Σk A[i, k] · B[k, j]
 *
 * A tile is 1–6 rows × 8 columns, or 1–3 rows × 12. V8 has 15 registers to
 * give: 12 accumulators, two vectors of B and one value of A, or 9, three and
 * one. Each accumulator adds in the order of k, so that an element has the same
 * bits in whatever tile it falls.
 */

import { loadFirst, storeFirst } from "./lanes";
import { madd } from "./simd";

/**
 * `rows` and `vectors` (four columns each, 2 or 3) must be constants: what they
 * rule out is then left out.
 *
 * @param a A[0, 0]; `aRow` and `aInner` are bytes to the next row and the next
 *   k, so that stored, transposed and packed matrices are all the same here.
 * @param b The panel: `vectors` vectors for each of `inner` k.
 * @param start What the sums begin with, `startRow` bytes from row to row: C
 *   itself, or, with 0 bytes, a row of bias as wide as the panel.
 * @param columns How many of the columns exist: no others are read or written.
 */
// @ts-ignore: decorator
@inline
export function gemmTile(
  rows: i32,
  vectors: i32,
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  inner: i32,
  start: usize,
  startRow: usize,
  c: usize,
  cRow: usize,
  columns: i32,
  relu: bool,
): void {
  const third = vectors > 2;
  // A row of bias is padded to the width of the panel.
  const given = startRow ? columns : vectors << 2;
  let c00 = begin(start, given, 0), c01 = begin(start, given, 4);
  let c02 = c00, c10 = c00, c11 = c00, c12 = c00, c20 = c00, c21 = c00;
  let c22 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00;
  let c51 = c00;
  if (third) c02 = begin(start, given, 8);
  if (rows > 1) {
    start += startRow;
    c10 = begin(start, given, 0);
    c11 = begin(start, given, 4);
    if (third) c12 = begin(start, given, 8);
  }
  if (rows > 2) {
    start += startRow;
    c20 = begin(start, given, 0);
    c21 = begin(start, given, 4);
    if (third) c22 = begin(start, given, 8);
  }
  if (rows > 3) {
    start += startRow;
    c30 = begin(start, given, 0);
    c31 = begin(start, given, 4);
  }
  if (rows > 4) {
    start += startRow;
    c40 = begin(start, given, 0);
    c41 = begin(start, given, 4);
  }
  if (rows > 5) {
    start += startRow;
    c50 = begin(start, given, 0);
    c51 = begin(start, given, 4);
  }
  let a0 = a, a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  let a4 = a3 + aRow, a5 = a4 + aRow;
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let b2 = b0;
    if (third) b2 = v128.load(b, 32);
    b += vectors << 4;
    let value = v128.load32_splat(a0);
    a0 += aInner;
    c00 = madd(value, b0, c00);
    c01 = madd(value, b1, c01);
    if (third) c02 = madd(value, b2, c02);
    if (rows > 1) {
      value = v128.load32_splat(a1);
      a1 += aInner;
      c10 = madd(value, b0, c10);
      c11 = madd(value, b1, c11);
      if (third) c12 = madd(value, b2, c12);
    }
    if (rows > 2) {
      value = v128.load32_splat(a2);
      a2 += aInner;
      c20 = madd(value, b0, c20);
      c21 = madd(value, b1, c21);
      if (third) c22 = madd(value, b2, c22);
    }
    if (rows > 3) {
      value = v128.load32_splat(a3);
      a3 += aInner;
      c30 = madd(value, b0, c30);
      c31 = madd(value, b1, c31);
    }
    if (rows > 4) {
      value = v128.load32_splat(a4);
      a4 += aInner;
      c40 = madd(value, b0, c40);
      c41 = madd(value, b1, c41);
    }
    if (rows > 5) {
      value = v128.load32_splat(a5);
      a5 += aInner;
      c50 = madd(value, b0, c50);
      c51 = madd(value, b1, c51);
    }
  }
  end(c, columns, 0, c00, relu);
  end(c, columns, 4, c01, relu);
  if (third) end(c, columns, 8, c02, relu);
  if (rows > 1) {
    c += cRow;
    end(c, columns, 0, c10, relu);
    end(c, columns, 4, c11, relu);
    if (third) end(c, columns, 8, c12, relu);
  }
  if (rows > 2) {
    c += cRow;
    end(c, columns, 0, c20, relu);
    end(c, columns, 4, c21, relu);
    if (third) end(c, columns, 8, c22, relu);
  }
  if (rows > 3) {
    c += cRow;
    end(c, columns, 0, c30, relu);
    end(c, columns, 4, c31, relu);
  }
  if (rows > 4) {
    c += cRow;
    end(c, columns, 0, c40, relu);
    end(c, columns, 4, c41, relu);
  }
  if (rows > 5) {
    c += cRow;
    end(c, columns, 0, c50, relu);
    end(c, columns, 4, c51, relu);
  }
}

// @ts-ignore: decorator
@inline
function begin(row: usize, columns: i32, first: i32): v128 {
  return loadFirst(row + (first << 2), columns - first);
}

// @ts-ignore: decorator
@inline
function end(
  row: usize,
  columns: i32,
  first: i32,
  sum: v128,
  relu: bool,
): void {
  storeFirst(
    row + (first << 2),
    columns - first,
    relu ? f32x4.max(sum, f32x4.splat(0)) : sum,
  );
}
