/** The global threshold that parts two classes best. @module */

/**
 * Otsu's threshold: the value that parts a histogram into two classes with the
 * greatest variance between them.
 *
 * Source: N. Otsu, "A threshold selection method from gray-level histograms",
 * IEEE Transactions on Systems, Man, and Cybernetics 9 (1979).
 *
 * @param histogram How often each value occurs, by value.
 * @returns The lowest value of the upper class; the middle of all values that
 *   part equally well. 0 where there are not two values to part.
 *
 * @example Half way between two values
 * ```ts
 * import { otsu } from "./otsu.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(otsu([0, 7, 0, 0, 0, 5, 0]), 4);
 * ```
 */
export function otsu(histogram: ArrayLike<number>): number {
  let count = 0;
  let sum = 0;
  for (let value = 0; value < histogram.length; value++) {
    count += histogram[value]!;
    sum += value * histogram[value]!;
  }
  let best = 0;
  let first = 0;
  let last = 0;
  let countBelow = 0;
  let sumBelow = 0;
  for (let value = 1; value < histogram.length; value++) {
    countBelow += histogram[value - 1]!;
    sumBelow += (value - 1) * histogram[value - 1]!;
    const countAbove = count - countBelow;
    if (countBelow === 0 || countAbove === 0) continue;
    const distance = (sum - sumBelow) / countAbove - sumBelow / countBelow;
    const variance = countBelow * countAbove * distance * distance;
    if (variance > best) {
      best = variance;
      first = value;
    }
    if (variance === best) last = value;
  }
  return Math.ceil((first + last) / 2);
}
