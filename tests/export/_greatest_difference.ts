/** How far apart two lists of numbers are at most. @module */

/** NaN where one of them is, which is not less than any tolerance. */
export function greatestDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  if (a.length !== b.length) {
    throw new RangeError(`${a.length} numbers against ${b.length}`);
  }
  let greatest = 0;
  for (let i = 0; i < a.length; i++) {
    greatest = Math.max(greatest, Math.abs(a[i]! - b[i]!));
  }
  return greatest;
}
