/** What decides between the paths of the convolutions' gradients. */

import { FLOAT } from "./simd";

/** How many of `count` values are not zero; a NaN is not. */
export function countNonZeros(values: usize, count: i32): i32 {
  const zero = f32x4.splat(0);
  const stop = values + <usize> count * FLOAT;
  let sums = i32x4.splat(0);
  for (; values + 16 <= stop; values += 16) {
    sums = i32x4.sub(sums, f32x4.ne(v128.load(values), zero));
  }
  let sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  for (; values < stop; values += FLOAT) {
    sum += <i32> (load<f32>(values) != 0);
  }
  return sum;
}

/** Whether `count` values are all finite: value · 0 then sums to 0. */
export function allFinite(values: usize, count: i32): bool {
  const zero = f32x4.splat(0);
  const stop = values + <usize> count * FLOAT;
  let sums = zero, others = zero;
  for (; values + 32 <= stop; values += 32) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(values), zero));
    others = f32x4.add(others, f32x4.mul(v128.load(values, 16), zero));
  }
  sums = f32x4.add(sums, others);
  let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) +
    f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  for (; values < stop; values += FLOAT) sum += load<f32>(values) * 0;
  return sum == 0;
}
