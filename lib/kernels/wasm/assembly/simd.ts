/** What all kernels share. Channels are innermost; sizes are in elements. */

/** Bytes of a float32. */
export const FLOAT: usize = 4;

/**
 * a · b + c. One instruction with one rounding in the relaxed build, two with
 * two roundings in the plain one, which gives the same bits on every machine.
 */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
