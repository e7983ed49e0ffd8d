/**
 * The one-dimensional transforms of Winograd's algorithms F(4, 3) and F(5, 3),
 * on vectors of four channels.
 *
 * F(m, 3) takes the polynomial with the inputs as coefficients at m + 1 points
 * and at infinity, multiplies it there with the filter's, and turns the
 * products back into m outputs. Both use the points 0, ±1 and ±2, F(5, 3) also
 * ½. The row of Bᵀ for a point holds the coefficients of the product of
 * (x − other point) over the others, Aᵀ the powers of the points, and G those
 * powers over the value of that product at the point.
 *
 * Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * CVPR 2016, section 4; Cook and Toom's method as in Blahut, "Fast Algorithms
 * for Signal Processing", 2010, section 5.2.
 */

import { madd } from "./simd";

/** Rows of Bᵀ for 0, ±1, ±2 and infinity of F(4, 3). */
// @ts-ignore: decorator
@inline
function sixPoints(
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  d4: v128,
  d5: v128,
  to: usize,
  step: usize,
  toInfinity: usize,
): void {
  const four = f32x4.splat(4), minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  v128.store(to, madd(four, d0, madd(minusFive, d2, d4)));
  let even = madd(minusFour, d2, d4), odd = madd(minusFour, d1, d3);
  v128.store(to + step, f32x4.add(even, odd));
  v128.store(to + 2 * step, f32x4.sub(even, odd));
  even = f32x4.sub(d4, d2);
  odd = f32x4.sub(d3, d1);
  odd = f32x4.add(odd, odd);
  v128.store(to + 3 * step, f32x4.add(even, odd));
  v128.store(to + 4 * step, f32x4.sub(even, odd));
  v128.store(to + toInfinity, madd(four, d1, madd(minusFive, d3, d5)));
}

/** Bᵀ d: six values `step` apart become six, or seven become seven. */
// @ts-ignore: decorator
@inline
export function transformInput(
  points: usize,
  d: usize,
  step: usize,
  to: usize,
  toStep: usize,
): void {
  const d0 = v128.load(d);
  const d1 = v128.load(d + step);
  const d2 = v128.load(d + 2 * step);
  const d3 = v128.load(d + 3 * step);
  const d4 = v128.load(d + 4 * step);
  const d5 = v128.load(d + 5 * step);
  if (points == 6) {
    sixPoints(d0, d1, d2, d3, d4, d5, to, toStep, 5 * toStep);
    return;
  }
  const d6 = v128.load(d + 6 * step);
  // At ½ without the factor (x − ½), everywhere else with it.
  v128.store(
    to + 5 * toStep,
    madd(f32x4.splat(4), d1, madd(f32x4.splat(-5), d3, d5)),
  );
  const half = f32x4.splat(-0.5);
  sixPoints(
    madd(half, d0, d1),
    madd(half, d1, d2),
    madd(half, d2, d3),
    madd(half, d3, d4),
    madd(half, d4, d5),
    madd(half, d5, d6),
    to,
    toStep,
    6 * toStep,
  );
}

/** G g: three values become six or seven. */
// @ts-ignore: decorator
@inline
export function transformFilter(
  points: usize,
  g: usize,
  step: usize,
  to: usize,
  toStep: usize,
): void {
  const g0 = v128.load(g);
  const g1 = v128.load(g + step);
  const g2 = v128.load(g + 2 * step);
  // At ±1 and ±2.
  const even1 = f32x4.add(g0, g2);
  const even2 = madd(f32x4.splat(4), g2, g0), odd2 = f32x4.add(g1, g1);
  const at1 = f32x4.add(even1, g1), atMinus1 = f32x4.sub(even1, g1);
  const at2 = f32x4.add(even2, odd2), atMinus2 = f32x4.sub(even2, odd2);
  if (points == 6) {
    const sixth = f32x4.splat(-1.0 / 6), part = f32x4.splat(1.0 / 24);
    v128.store(to, f32x4.mul(f32x4.splat(0.25), g0));
    v128.store(to + toStep, f32x4.mul(sixth, at1));
    v128.store(to + 2 * toStep, f32x4.mul(sixth, atMinus1));
    v128.store(to + 3 * toStep, f32x4.mul(part, at2));
    v128.store(to + 4 * toStep, f32x4.mul(part, atMinus2));
    v128.store(to + 5 * toStep, g2);
    return;
  }
  const atHalf = madd(
    f32x4.splat(0.25),
    g2,
    madd(f32x4.splat(0.5), g1, g0),
  );
  v128.store(to, f32x4.mul(f32x4.splat(-0.5), g0));
  v128.store(to + toStep, f32x4.mul(f32x4.splat(-1.0 / 3), at1));
  v128.store(to + 2 * toStep, f32x4.mul(f32x4.splat(1.0 / 9), atMinus1));
  v128.store(to + 3 * toStep, f32x4.mul(f32x4.splat(1.0 / 36), at2));
  v128.store(to + 4 * toStep, f32x4.mul(f32x4.splat(-1.0 / 60), atMinus2));
  v128.store(to + 5 * toStep, f32x4.mul(f32x4.splat(32.0 / 45), atHalf));
  v128.store(to + 6 * toStep, g2);
}

/** Aᵀ m: six values become four, or seven five. */
// @ts-ignore: decorator
@inline
export function transformOutput(
  points: usize,
  m: usize,
  step: usize,
  to: usize,
  toStep: usize,
): void {
  const m1 = v128.load(m + step);
  const m2 = v128.load(m + 2 * step);
  const m3 = v128.load(m + 3 * step);
  const m4 = v128.load(m + 4 * step);
  const m5 = v128.load(m + 5 * step);
  const even1 = f32x4.add(m1, m2), odd1 = f32x4.sub(m1, m2);
  const even2 = f32x4.add(m3, m4), odd2 = f32x4.sub(m3, m4);
  let y0 = f32x4.add(f32x4.add(v128.load(m), even1), even2);
  let y1 = madd(f32x4.splat(2), odd2, odd1);
  let y2 = madd(f32x4.splat(4), even2, even1);
  let y3 = madd(f32x4.splat(8), odd2, odd1);
  if (points == 6) {
    y3 = f32x4.add(y3, m5);
  } else {
    let y4 = madd(f32x4.splat(16), even2, even1);
    y4 = madd(f32x4.splat(1.0 / 16), m5, y4);
    y4 = f32x4.add(y4, v128.load(m + 6 * step));
    y0 = f32x4.add(y0, m5);
    y1 = madd(f32x4.splat(0.5), m5, y1);
    y2 = madd(f32x4.splat(0.25), m5, y2);
    y3 = madd(f32x4.splat(0.125), m5, y3);
    v128.store(to + 4 * toStep, y4);
  }
  v128.store(to, y0);
  v128.store(to + toStep, y1);
  v128.store(to + 2 * toStep, y2);
  v128.store(to + 3 * toStep, y3);
}
