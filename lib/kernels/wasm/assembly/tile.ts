/**
 * The register tile that every dense product here is made of:
 *
 *   c[m, n] = start[n] + Σ_r Σ_k p_m[r · rowBytes + k] · panel[r, k, n]
 *
 * for six rows m, read through a pointer each, and eight columns n, packed in
 * the order in which they are read. Twelve sums live in registers; with two
 * panel vectors and one value of a row that is all that fits.
 *
 * Variants, on data in L1, one core: this loop 57 GFLOP/s of the 57 that a core
 * has; unrolled by two 45, as V8 then runs out of registers; four rows 48.
 */

import { FLOAT, madd } from "./simd";

/**
 * @param rows Stretches of each p_m, `rowBytes` apart; 1 for a plain product.
 * @param bytes Of a stretch that are multiplied.
 * @param c Six rows of eight, `cBytes` apart.
 */
// @ts-ignore: decorator
@inline
export function tile(
  p0: usize,
  p1: usize,
  p2: usize,
  p3: usize,
  p4: usize,
  p5: usize,
  rows: i32,
  rowBytes: usize,
  bytes: usize,
  panel: usize,
  start0: v128,
  start1: v128,
  c: usize,
  cBytes: usize,
): void {
  let c00 = start0, c01 = start1, c10 = start0, c11 = start1;
  let c20 = start0, c21 = start1, c30 = start0, c31 = start1;
  let c40 = start0, c41 = start1, c50 = start0, c51 = start1;
  const skip = rowBytes - bytes;
  while (true) {
    const end = p0 + bytes;
    while (p0 < end) {
      const b0 = v128.load(panel), b1 = v128.load(panel, 16);
      let a = v128.load32_splat(p0);
      c00 = madd(a, b0, c00);
      c01 = madd(a, b1, c01);
      a = v128.load32_splat(p1);
      c10 = madd(a, b0, c10);
      c11 = madd(a, b1, c11);
      a = v128.load32_splat(p2);
      c20 = madd(a, b0, c20);
      c21 = madd(a, b1, c21);
      a = v128.load32_splat(p3);
      c30 = madd(a, b0, c30);
      c31 = madd(a, b1, c31);
      a = v128.load32_splat(p4);
      c40 = madd(a, b0, c40);
      c41 = madd(a, b1, c41);
      a = v128.load32_splat(p5);
      c50 = madd(a, b0, c50);
      c51 = madd(a, b1, c51);
      p0 += FLOAT;
      p1 += FLOAT;
      p2 += FLOAT;
      p3 += FLOAT;
      p4 += FLOAT;
      p5 += FLOAT;
      panel += 32;
    }
    if (--rows == 0) break;
    p0 += skip;
    p1 += skip;
    p2 += skip;
    p3 += skip;
    p4 += skip;
    p5 += skip;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cBytes;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cBytes;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cBytes;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += cBytes;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += cBytes;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}
