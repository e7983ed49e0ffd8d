/**
 * The other way round: at[k] += value · run[k] for each entry of a list, whose
 * address is where to add.
 *
 * A stretch of 48 k's of the run is in registers for a whole list; each
 * multiply-add costs a load and a store. Alone such a loop does 26 GFLOP/s,
 * and 31 with V8's checks of bounds turned off: the stores are the likely limit.
 *
 * Tried instead, for the middle layer [13, 13, 32] with 64 filters of 3x3, us
 * an image, the least time with less the least without:
 *
 * 1. this                                           17.4
 * 2. sums in registers over lists by pixel          16.3, and 5.0 to list
 * 3. the same, routes of a pixel pooled compared    14.4, and 4.0 to list
 *
 * As a whole 3 was as fast as this, with a second set of lists to build.
 */

import { ENTRY } from "./conv_shape";
import { madd } from "./simd";

/**
 * Adds 12 vectors of a run.
 *
 * @param from First entry; `to` is behind the last.
 * @param offset Bytes from each entry's address to where it is added.
 */
// @ts-ignore: decorator
@inline
export function scatter12(
  from: usize,
  to: usize,
  offset: usize,
  run: usize,
): void {
  const c0 = v128.load(run);
  const c1 = v128.load(run, 16);
  const c2 = v128.load(run, 32);
  const c3 = v128.load(run, 48);
  const c4 = v128.load(run, 64);
  const c5 = v128.load(run, 80);
  const c6 = v128.load(run, 96);
  const c7 = v128.load(run, 112);
  const c8 = v128.load(run, 128);
  const c9 = v128.load(run, 144);
  const c10 = v128.load(run, 160);
  const c11 = v128.load(run, 176);
  for (let entry = from; entry < to; entry += ENTRY) {
    const at = load<usize>(entry) + offset;
    const value = v128.load32_splat(entry, 4);
    v128.store(at, madd(value, c0, v128.load(at)));
    v128.store(at, madd(value, c1, v128.load(at, 16)), 16);
    const at1 = at + 32;
    v128.store(at1, madd(value, c2, v128.load(at1)));
    v128.store(at1, madd(value, c3, v128.load(at1, 16)), 16);
    const at2 = at + 64;
    v128.store(at2, madd(value, c4, v128.load(at2)));
    v128.store(at2, madd(value, c5, v128.load(at2, 16)), 16);
    const at3 = at + 96;
    v128.store(at3, madd(value, c6, v128.load(at3)));
    v128.store(at3, madd(value, c7, v128.load(at3, 16)), 16);
    const at4 = at + 128;
    v128.store(at4, madd(value, c8, v128.load(at4)));
    v128.store(at4, madd(value, c9, v128.load(at4, 16)), 16);
    const at5 = at + 160;
    v128.store(at5, madd(value, c10, v128.load(at5)));
    v128.store(at5, madd(value, c11, v128.load(at5, 16)), 16);
  }
}

/** Adds 4 vectors of a run. */
// @ts-ignore: decorator
@inline
export function scatter4(
  from: usize,
  to: usize,
  offset: usize,
  run: usize,
): void {
  const c0 = v128.load(run);
  const c1 = v128.load(run, 16);
  const c2 = v128.load(run, 32);
  const c3 = v128.load(run, 48);
  for (let entry = from; entry < to; entry += ENTRY) {
    const at = load<usize>(entry) + offset;
    const value = v128.load32_splat(entry, 4);
    v128.store(at, madd(value, c0, v128.load(at)));
    v128.store(at, madd(value, c1, v128.load(at, 16)), 16);
    v128.store(at, madd(value, c2, v128.load(at, 32)), 32);
    v128.store(at, madd(value, c3, v128.load(at, 48)), 48);
  }
}

/** Adds the lanes of the mask of one vector of a run. */
// @ts-ignore: decorator
@inline
export function scatter1(
  from: usize,
  to: usize,
  offset: usize,
  run: usize,
  mask: v128,
): void {
  const c = v128.load(run);
  for (let entry = from; entry < to; entry += ENTRY) {
    const at = load<usize>(entry) + offset;
    const before = v128.load(at);
    const sum = madd(v128.load32_splat(entry, 4), c, before);
    v128.store(at, v128.bitselect(sum, before, mask));
  }
}
