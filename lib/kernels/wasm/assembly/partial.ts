/** The last columns of a row, where they are no whole vector. */

/** The first `count` of four values, and zeros; reads no others. */
// @ts-ignore: decorator
@inline
export function loadFirst(address: usize, count: i32): v128 {
  return count >= 4 ? v128.load(address) : loadFew(address, count);
}

function loadFew(address: usize, count: i32): v128 {
  if (count <= 0) return f32x4.splat(0);
  if (count == 1) return v128.load32_zero(address);
  const two = v128.load64_zero(address);
  return count == 2 ? two : v128.load32_lane(address, two, 2, 8);
}

/** Writes the first `count` of four values, and nothing else. */
// @ts-ignore: decorator
@inline
export function storeFirst(address: usize, count: i32, value: v128): void {
  if (count >= 4) v128.store(address, value);
  else storeFew(address, count, value);
}

function storeFew(address: usize, count: i32, value: v128): void {
  if (count <= 0) return;
  if (count == 1) {
    v128.store32_lane(address, value, 0);
    return;
  }
  v128.store64_lane(address, value, 0);
  if (count == 3) v128.store32_lane(address, value, 2, 8);
}
