/**
 * Sums over lists: out[k] += Σ value · at[k], an entry of a list being the
 * address `at` (u32) of a run and the value (f32).
 *
 * A stretch of 48 k's has its 12 sums in registers for a whole list, so that
 * each multiply-add costs one load and nothing else. Deno's V8 checks the
 * bounds of each access. Two loads share a computed address here, so that two
 * limits stay in registers; with an offset for each load of the stretch most
 * limits come from the stack: 40 GFLOP/s instead of 45 over long lists.
 */

import { ENTRY } from "./conv_shape";
import { madd } from "./simd";

/**
 * How many bytes of a run are added at once: those of 12, 4 or 1 vectors.
 *
 * @param left What is left of the run, a multiple of 16.
 */
export function stretch(left: usize): usize {
  return left >= 192 ? 192 : left >= 64 ? 64 : 16;
}

/**
 * Adds a list to a stretch of 12 vectors.
 *
 * @param from First entry; `to` is behind the last.
 * @param offset Bytes from each entry's address to the stretch.
 */
// @ts-ignore: decorator
@inline
export function add12(from: usize, to: usize, offset: usize, out: usize): void {
  let c0 = v128.load(out), c1 = v128.load(out, 16), c2 = v128.load(out, 32);
  let c3 = v128.load(out, 48), c4 = v128.load(out, 64);
  let c5 = v128.load(out, 80), c6 = v128.load(out, 96);
  let c7 = v128.load(out, 112), c8 = v128.load(out, 128);
  let c9 = v128.load(out, 144), c10 = v128.load(out, 160);
  let c11 = v128.load(out, 176);
  for (let entry = from; entry < to; entry += ENTRY) {
    const at = load<usize>(entry) + offset;
    const value = v128.load32_splat(entry, 4);
    c0 = madd(value, v128.load(at), c0);
    c1 = madd(value, v128.load(at, 16), c1);
    c2 = madd(value, v128.load(at + 32), c2);
    c3 = madd(value, v128.load(at + 32, 16), c3);
    c4 = madd(value, v128.load(at + 64), c4);
    c5 = madd(value, v128.load(at + 64, 16), c5);
    c6 = madd(value, v128.load(at + 96), c6);
    c7 = madd(value, v128.load(at + 96, 16), c7);
    c8 = madd(value, v128.load(at + 128), c8);
    c9 = madd(value, v128.load(at + 128, 16), c9);
    c10 = madd(value, v128.load(at + 160), c10);
    c11 = madd(value, v128.load(at + 160, 16), c11);
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
  v128.store(out, c4, 64);
  v128.store(out, c5, 80);
  v128.store(out, c6, 96);
  v128.store(out, c7, 112);
  v128.store(out, c8, 128);
  v128.store(out, c9, 144);
  v128.store(out, c10, 160);
  v128.store(out, c11, 176);
}

/** Adds a list to 4 vectors. */
// @ts-ignore: decorator
@inline
export function add4(from: usize, to: usize, offset: usize, out: usize): void {
  let c0 = v128.load(out), c1 = v128.load(out, 16);
  let c2 = v128.load(out, 32), c3 = v128.load(out, 48);
  for (let entry = from; entry < to; entry += ENTRY) {
    const at = load<usize>(entry) + offset;
    const value = v128.load32_splat(entry, 4);
    c0 = madd(value, v128.load(at), c0);
    c1 = madd(value, v128.load(at, 16), c1);
    c2 = madd(value, v128.load(at, 32), c2);
    c3 = madd(value, v128.load(at, 48), c3);
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
}

/** Adds a list to a vector. */
// @ts-ignore: decorator
@inline
export function add1(from: usize, to: usize, offset: usize, out: usize): void {
  let sum = v128.load(out);
  for (let entry = from; entry < to; entry += ENTRY) {
    const at = load<usize>(entry) + offset;
    sum = madd(v128.load32_splat(entry, 4), v128.load(at), sum);
  }
  v128.store(out, sum);
}

/**
 * Adds a list to three rows of one vector each, `out` one behind the other and
 * `rowBytes` apart where the entries point: a 3x3 filter over one channel.
 * Two entries at a time have six chains of sums, as three would wait for each
 * other.
 */
export function addThinRows(
  from: usize,
  to: usize,
  offset: usize,
  rowBytes: usize,
  out: usize,
): void {
  let c0 = v128.load(out), c1 = v128.load(out, 16), c2 = v128.load(out, 32);
  let d0 = f32x4.splat(0), d1 = d0, d2 = d0;
  let entry = from;
  for (; entry + ENTRY < to; entry += 2 * ENTRY) {
    const a = load<usize>(entry) + offset;
    const b = load<usize>(entry, 8) + offset;
    const aValue = v128.load32_splat(entry, 4);
    const bValue = v128.load32_splat(entry, 12);
    c0 = madd(aValue, v128.load(a), c0);
    d0 = madd(bValue, v128.load(b), d0);
    c1 = madd(aValue, v128.load(a + rowBytes), c1);
    d1 = madd(bValue, v128.load(b + rowBytes), d1);
    c2 = madd(aValue, v128.load(a + 2 * rowBytes), c2);
    d2 = madd(bValue, v128.load(b + 2 * rowBytes), d2);
  }
  if (entry < to) {
    const a = load<usize>(entry) + offset;
    const value = v128.load32_splat(entry, 4);
    c0 = madd(value, v128.load(a), c0);
    c1 = madd(value, v128.load(a + rowBytes), c1);
    c2 = madd(value, v128.load(a + 2 * rowBytes), c2);
  }
  v128.store(out, f32x4.add(c0, d0));
  v128.store(out, f32x4.add(c1, d1), 16);
  v128.store(out, f32x4.add(c2, d2), 32);
}
