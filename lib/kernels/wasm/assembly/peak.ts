/**
 * The most multiply-adds that a core does through WebAssembly: twelve chains
 * that live in registers and read no memory. What `deno task bench` measures
 * every kernel against.
 */

import { madd } from "./simd";

/** Runs `rounds` rounds of 12 · 4 multiply-adds; the sum keeps them alive. */
export function peak(rounds: i32, x: f32, y: f32): f32 {
  const a = f32x4.splat(x);
  // Chains that begin alike would be merged into one.
  let c0 = f32x4.splat(y), c1 = f32x4.add(c0, a), c2 = f32x4.add(c1, a);
  let c3 = f32x4.add(c2, a), c4 = f32x4.add(c3, a), c5 = f32x4.add(c4, a);
  let c6 = f32x4.add(c5, a), c7 = f32x4.add(c6, a), c8 = f32x4.add(c7, a);
  let c9 = f32x4.add(c8, a), c10 = f32x4.add(c9, a), c11 = f32x4.add(c10, a);
  for (let round = 0; round < rounds; round++) {
    c0 = madd(c0, a, a);
    c1 = madd(c1, a, a);
    c2 = madd(c2, a, a);
    c3 = madd(c3, a, a);
    c4 = madd(c4, a, a);
    c5 = madd(c5, a, a);
    c6 = madd(c6, a, a);
    c7 = madd(c7, a, a);
    c8 = madd(c8, a, a);
    c9 = madd(c9, a, a);
    c10 = madd(c10, a, a);
    c11 = madd(c11, a, a);
  }
  c0 = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  c4 = f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7));
  c8 = f32x4.add(f32x4.add(c8, c9), f32x4.add(c10, c11));
  c0 = f32x4.add(f32x4.add(c0, c4), c8);
  return f32x4.extract_lane(c0, 0) + f32x4.extract_lane(c0, 1) +
    f32x4.extract_lane(c0, 2) + f32x4.extract_lane(c0, 3);
}
