/**
 * Matrix product, C = act(A · B + bias), for A [rows, inner], B [inner,
 * columns], each of them also stored transposed, act the identity or ReLU.
 *
 * B is packed into panels of 8 columns in the order in which a tile reads them,
 * whether stored or transposed, at most 512 × 128 values at a time (256 KB, a
 * quarter of the L2). A is read where it lies: six rows are six streams, or a
 * column is one; packing it too costs more than it gives where C is narrow, and
 * C of a last layer has 10 columns. 9 to 12 columns, alone or at the end, are
 * one panel of 12 against tiles of 3 rows.
 *
 * Variants, GFLOP/s, medians of 15 on one core of an AMD EPYC (Zen 5) whose
 * peak here is 60. What stood here before was XNNPACK's product, with
 * transposed sides transposed first.
 *
 *   [rows, inner] × [inner, columns]  before  only 8  8 and 12  4 × 12
 *   [16, 1600] × [1600, 10]               14      24        32      20
 *   [1600, 16] × [16, 10], Aᵀ              7      22        28      20
 *   [16, 10] × [10, 1600], Bᵀ              6      23        23      22
 *   [128, 1600] × [1600, 10]              22      32        42      23
 *   [1600, 128] × [128, 10], Aᵀ            5      32        41      23
 *   [128, 1600] × [1600, 128]             39      52        52      46
 *   [1600, 128] × [128, 128], Aᵀ          26      52        52      44
 *   [128, 128] × [128, 1600], Bᵀ          28      50        51      44
 *
 * Tiles of 4 × 12 are a third quicker on paper, but want one register more than
 * there are. Packing a panel's 8 columns in one pass and not in two: 25 to 32
 * with 16 rows. Blocks of 256 or of all k: within 3 %, but for all of k 20 %
 * less where A is transposed and its rows are a power of two.
 */

import { gemmTile } from "./gemm_tile";
import { loadFirst } from "./lanes";
import { FLOAT } from "./simd";

/** Rows of a tile that is 8 columns wide; one that is 12 wide has half. */
const ROWS = 6;
/** Most k of a packed block. */
const INNER_BLOCK = 512;
/** Most columns of a packed block. */
const COLUMN_BLOCK = 128;

/** Bytes of scratch that `gemm()` needs: a packed block and a row of bias. */
export function gemmScratch(inner: i32, columns: i32): usize {
  return (min(inner, INNER_BLOCK) + 1) * padded(min(columns, COLUMN_BLOCK)) *
    FLOAT;
}

/** Columns of the panels that hold so many: at most 7 more. */
function padded(columns: i32): i32 {
  return columns % 8 > 4 || columns < 8
    ? (columns + 7) & ~7
    : (columns + 3) & ~3;
}

// What the tiles of a product share: bytes from row to row and from k to k, the
// k of a block, and whether ReLU ends it. Arguments would be passed to each.
let aRowBytes: usize, aInnerBytes: usize, cRowBytes: usize;
let startRowBytes: usize, depth: i32, endsInRelu: bool;

/**
 * @param a `aRow` and `aInner` are elements to the next row and the next k.
 * @param b `bInner` and `bColumn` are elements to the next k and the next
 *   column.
 * @param c [rows, columns], row-major.
 * @param bias [columns], or 0 where there is none.
 * @param scratch `gemmScratch()` bytes.
 */
export function gemm(
  a: usize,
  aRow: i32,
  aInner: i32,
  b: usize,
  bInner: i32,
  bColumn: i32,
  c: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  bias: usize,
  relu: bool,
  scratch: usize,
): void {
  aRowBytes = aRow * FLOAT;
  aInnerBytes = aInner * FLOAT;
  cRowBytes = columns * FLOAT;
  for (let column = 0; column < columns; column += COLUMN_BLOCK) {
    const width = min(COLUMN_BLOCK, columns - column);
    const panels = scratch + padded(width) * FLOAT;
    padBias(bias ? bias + column * FLOAT : 0, width, scratch);
    let k = 0;
    // Once also where there is no k: C is the bias then.
    do {
      depth = min(INNER_BLOCK, inner - k);
      endsInRelu = relu && k + depth >= inner;
      startRowBytes = k ? cRowBytes : 0;
      pack(
        b + (k * bInner + column * bColumn) * FLOAT,
        bInner * FLOAT,
        bColumn * FLOAT,
        width,
        panels,
      );
      for (let row = 0; row < rows; row += ROWS) {
        const tile = c + row * cRowBytes + column * FLOAT;
        rowOfTiles(
          min(ROWS, rows - row),
          a + (row * aRow + k * aInner) * FLOAT,
          panels,
          k ? tile : scratch,
          tile,
          width,
        );
      }
      k += depth;
    } while (k < inner);
  }
}

/** Up to six rows of C, from left to right. */
function rowOfTiles(
  rows: i32,
  a: usize,
  b: usize,
  start: usize,
  c: usize,
  columns: i32,
): void {
  while (columns > 0) {
    const width = panelWidth(columns);
    if (width == 8) {
      tileOf8(rows, a, b, start, c, columns);
    } else {
      tileOf12(min(rows, 3), a, b, start, c, columns);
      if (rows > 3) {
        tileOf12(
          rows - 3,
          a + 3 * aRowBytes,
          b,
          start + 3 * startRowBytes,
          c + 3 * cRowBytes,
          columns,
        );
      }
    }
    b += depth * width * FLOAT;
    start += width * FLOAT;
    c += width * FLOAT;
    columns -= width;
  }
}

/** Columns of the next panel: 12 where that ends the block, else 8. */
// @ts-ignore: decorator
@inline
function panelWidth(left: i32): i32 {
  return left > 8 && left <= 12 ? 12 : 8;
}

function tileOf8(
  rows: i32,
  a: usize,
  b: usize,
  start: usize,
  c: usize,
  columns: i32,
): void {
  if (rows == 6) tile(6, 2, a, b, start, c, columns);
  else if (rows == 5) tile(5, 2, a, b, start, c, columns);
  else if (rows == 4) tile(4, 2, a, b, start, c, columns);
  else if (rows == 3) tile(3, 2, a, b, start, c, columns);
  else if (rows == 2) tile(2, 2, a, b, start, c, columns);
  else tile(1, 2, a, b, start, c, columns);
}

function tileOf12(
  rows: i32,
  a: usize,
  b: usize,
  start: usize,
  c: usize,
  columns: i32,
): void {
  if (rows == 3) tile(3, 3, a, b, start, c, columns);
  else if (rows == 2) tile(2, 3, a, b, start, c, columns);
  else tile(1, 3, a, b, start, c, columns);
}

// @ts-ignore: decorator
@inline
function tile(
  rows: i32,
  vectors: i32,
  a: usize,
  b: usize,
  start: usize,
  c: usize,
  columns: i32,
): void {
  gemmTile(
    rows,
    vectors,
    a,
    aRowBytes,
    aInnerBytes,
    b,
    depth,
    start,
    startRowBytes,
    c,
    cRowBytes,
    columns,
    endsInRelu,
  );
}

/** A row of bias as wide as the panels, zeros where there is none. */
function padBias(bias: usize, columns: i32, to: usize): void {
  for (let j = 0; j < padded(columns); j += 4) {
    const count = bias ? columns - j : 0;
    v128.store(to + j * FLOAT, loadFirst(bias + j * FLOAT, count));
  }
}

/** Lays a block of B out as panels, zeros in the columns that it lacks. */
function pack(
  b: usize,
  bInner: usize,
  bColumn: usize,
  columns: i32,
  panels: usize,
): void {
  while (columns > 0) {
    const width = panelWidth(columns);
    const panelRow = width * FLOAT;
    if (bColumn == FLOAT) {
      packRows(b, bInner, columns, panels, width);
    } else {
      for (let j = 0; j < width; j += 4) {
        packColumns(
          b + j * bColumn,
          bInner,
          bColumn,
          columns - j,
          panels + j * FLOAT,
          panelRow,
        );
      }
    }
    panels += depth * panelRow;
    b += width * bColumn;
    columns -= width;
  }
}

/** A panel of columns that lie next to each other. */
function packRows(
  b: usize,
  bInner: usize,
  columns: i32,
  to: usize,
  width: i32,
): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, loadFirst(b, columns));
    v128.store(to, loadFirst(b + 16, columns - 4), 16);
    if (width == 12) v128.store(to, loadFirst(b + 32, columns - 8), 32);
    b += bInner;
    to += width * FLOAT;
  }
}

/** Four columns that each lie in one piece: transposed, 4 × 4 at a time. */
function packColumns(
  b: usize,
  bInner: usize,
  bColumn: usize,
  columns: i32,
  to: usize,
  panelRow: usize,
): void {
  const b1 = bColumn, b2 = b1 + bColumn, b3 = b2 + bColumn;
  let k = 0;
  if (columns >= 4 && bInner == FLOAT) {
    for (; k <= depth - 4; k += 4) {
      const v0 = v128.load(b), v1 = v128.load(b + b1);
      const v2 = v128.load(b + b2), v3 = v128.load(b + b3);
      const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
      v128.store(to + panelRow, v128.shuffle<f64>(low01, low23, 1, 3));
      v128.store(to + 2 * panelRow, v128.shuffle<f64>(high01, high23, 0, 2));
      v128.store(to + 3 * panelRow, v128.shuffle<f64>(high01, high23, 1, 3));
      b += 4 * FLOAT;
      to += 4 * panelRow;
    }
  }
  for (; k < depth; k++) {
    f32.store(to, columns > 0 ? f32.load(b) : 0);
    f32.store(to, columns > 1 ? f32.load(b + b1) : 0, 4);
    f32.store(to, columns > 2 ? f32.load(b + b2) : 0, 8);
    f32.store(to, columns > 3 ? f32.load(b + b3) : 0, 12);
    b += bInner;
    to += panelRow;
  }
}
