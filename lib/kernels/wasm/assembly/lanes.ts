/**
 * The first values of a vector: four, or fewer at the end of a row. Where the
 * count is a constant at the call, 4 or 1, only that case is compiled, so that
 * a loop is written once for vectors and for what is left of them.
 */

/** The first `count` of four values, and zeros; reads no others. */
// @ts-ignore: decorator
@inline
export function loadFirst(address: usize, count: i32): v128 {
  if (count >= 4) return v128.load(address);
  if (count == 1) return v128.load32_zero(address);
  return loadFew(address, count);
}

function loadFew(address: usize, count: i32): v128 {
  if (count <= 0) return f32x4.splat(0);
  const two = v128.load64_zero(address);
  return count == 2 ? two : v128.load32_lane(address, two, 2, 8);
}

/** Writes the first `count` of four values, and nothing else. */
// @ts-ignore: decorator
@inline
export function storeFirst(address: usize, count: i32, value: v128): void {
  if (count >= 4) v128.store(address, value);
  else if (count == 1) v128.store32_lane(address, value, 0);
  else storeFew(address, count, value);
}

function storeFew(address: usize, count: i32, value: v128): void {
  if (count <= 0) return;
  v128.store64_lane(address, value, 0);
  if (count == 3) v128.store32_lane(address, value, 2, 8);
}
