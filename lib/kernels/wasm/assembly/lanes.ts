/**
 * Four values at a time, or one where fewer are left. `wide` is a constant at
 * every call, so that each kernel is written once and compiled twice.
 */

/** Four values, or one and three zeros. */
// @ts-ignore: decorator
@inline
export function loadLanes(address: usize, wide: bool): v128 {
  return wide ? v128.load(address) : v128.load32_zero(address);
}

/** Writes four values, or the first of them. */
// @ts-ignore: decorator
@inline
export function storeLanes(address: usize, value: v128, wide: bool): void {
  if (wide) v128.store(address, value);
  else v128.store_lane<f32>(address, value, 0);
}
