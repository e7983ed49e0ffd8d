/**
 * Batch normalization over [rows, channels] with the moments given, and its
 * gradient.
 *
 *   y = (x − mean) · factor + offset, factor = scale / √(variance + epsilon)
 *
 *   dx = dy · factor          dOffset = Σ dy
 *   dMean = −factor · Σ dy    dScale = Σ (x − mean) · dy / √(variance + epsilon)
 *   dVariance = −½ · factor / (variance + epsilon) · Σ (x − mean) · dy
 *
 * Both go through the memory once, 64 rows at a time, which stay in the L1
 * while four channels after four go down them with all that they need in
 * registers. The sums of 64 rows are float32, the sums of these float64: 86,528
 * rows of [128, 26, 26, 32] added in float32 would lose three digits.
 *
 * Variants, GB/s of what is read and written, medians of 25 on one core of an
 * AMD EPYC (Zen 5) with neighbors; the shipped forward kernel has 3, and the
 * shipped gradient, of some twenty ops, takes 290 ms where this takes 2.3.
 *
 *   rows of a block       all    16    64   256
 *   [10816, 32] forward    21    33    31    32
 *   [10816, 32] gradient   18    26    28    23
 *   [86528, 32] forward     8    19    16    19
 *   [86528, 32] gradient    6    13    15    15
 *   [15488, 64] gradient    8    11    15    13
 */

import { loadFirst, storeFirst } from "./lanes";
import { FLOAT, madd } from "./simd";

/** Rows of a block. */
const ROWS = 64;
/** Bytes of a float64. */
const DOUBLE: usize = 8;

/**
 * @param scale [channels], as are `mean`, `variance` and `offset`; the address
 *   is 0 where there is none, as may be that of `offset`.
 */
export function batchNorm(
  x: usize,
  mean: usize,
  variance: usize,
  offset: usize,
  scale: usize,
  epsilon: f32,
  y: usize,
  rows: i32,
  channels: i32,
): void {
  const rowBytes = channels * FLOAT;
  for (let row = 0; row < rows; row += ROWS) {
    const block = min(ROWS, rows - row) * rowBytes;
    for (let channel = 0; channel < channels; channel += 4) {
      const count = channels - channel;
      const at = channel * FLOAT;
      const center = loadFirst(mean + at, count);
      const shift = loadFirst(offset + at, offset ? count : 0);
      const factor = f32x4.mul(
        reciprocalDeviation(variance + at, count, epsilon),
        scale ? loadFirst(scale + at, count) : f32x4.splat(1),
      );
      const end = x + at + block;
      let to = y + at;
      for (let from = x + at; from < end; from += rowBytes) {
        const value = f32x4.sub(loadFirst(from, count), center);
        storeFirst(to, count, madd(value, factor, shift));
        to += rowBytes;
      }
    }
    x += block;
    y += block;
  }
}

/**
 * @param dx [rows, channels].
 * @param dMean [channels], as are `dVariance`, `dScale` and `dOffset`.
 * @param scratch A multiple of 8, 2 · `channels` float64.
 */
export function batchNormGrad(
  x: usize,
  dy: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  epsilon: f32,
  dx: usize,
  dMean: usize,
  dVariance: usize,
  dScale: usize,
  dOffset: usize,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  const rowBytes = channels * FLOAT;
  memory.fill(scratch, 0, 2 * channels * DOUBLE);
  for (let row = 0; row < rows; row += ROWS) {
    const block = min(ROWS, rows - row) * rowBytes;
    for (let channel = 0; channel < channels; channel += 4) {
      const count = channels - channel;
      const at = channel * FLOAT;
      const center = loadFirst(mean + at, count);
      const factor = f32x4.mul(
        reciprocalDeviation(variance + at, count, epsilon),
        loadFirst(scale + at, count),
      );
      let sum = f32x4.splat(0), product = sum;
      const end = x + at + block;
      let fromDy = dy + at, to = dx + at;
      for (let from = x + at; from < end; from += rowBytes) {
        const gradient = loadFirst(fromDy, count);
        const value = f32x4.sub(loadFirst(from, count), center);
        sum = f32x4.add(sum, gradient);
        product = madd(value, gradient, product);
        storeFirst(to, count, f32x4.mul(gradient, factor));
        fromDy += rowBytes;
        to += rowBytes;
      }
      const sums = scratch + 2 * channel * DOUBLE;
      addLane(sums, f32x4.extract_lane(sum, 0), f32x4.extract_lane(product, 0));
      if (count > 1) {
        addLane(
          sums + 16,
          f32x4.extract_lane(sum, 1),
          f32x4.extract_lane(product, 1),
        );
      }
      if (count > 2) {
        addLane(
          sums + 32,
          f32x4.extract_lane(sum, 2),
          f32x4.extract_lane(product, 2),
        );
      }
      if (count > 3) {
        addLane(
          sums + 48,
          f32x4.extract_lane(sum, 3),
          f32x4.extract_lane(product, 3),
        );
      }
    }
    x += block;
    dy += block;
    dx += block;
  }
  for (let channel = 0; channel < channels; channel++) {
    const at = channel * FLOAT;
    const sum = f64.load(scratch + 2 * channel * DOUBLE);
    const product = f64.load(scratch + 2 * channel * DOUBLE, 8);
    const square = <f64> f32.load(variance + at) + <f64> epsilon;
    const reciprocal = 1 / sqrt(square);
    const factor = reciprocal * <f64> f32.load(scale + at);
    f32.store(dMean + at, <f32> (-factor * sum));
    f32.store(dVariance + at, <f32> (-0.5 * factor / square * product));
    f32.store(dScale + at, <f32> (reciprocal * product));
    f32.store(dOffset + at, <f32> sum);
  }
}

/** dx = 2 · x · dy, the gradient of the squares that a variance averages. */
export function squareGrad(x: usize, dy: usize, dx: usize, size: i32): void {
  for (let i = 0; i < size; i += 4) {
    const at = i * FLOAT;
    const value = loadFirst(x + at, size - i);
    storeFirst(
      dx + at,
      size - i,
      f32x4.mul(loadFirst(dy + at, size - i), f32x4.add(value, value)),
    );
  }
}

// @ts-ignore: decorator
@inline
function reciprocalDeviation(
  variance: usize,
  count: i32,
  epsilon: f32,
): v128 {
  const sum = f32x4.add(loadFirst(variance, count), f32x4.splat(epsilon));
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(sum));
}

// @ts-ignore: decorator
@inline
function addLane(sums: usize, sum: f32, product: f32): void {
  f64.store(sums, f64.load(sums) + <f64> sum);
  f64.store(sums, f64.load(sums, 8) + <f64> product, 8);
}
