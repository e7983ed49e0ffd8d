/** Tells the grain of paper from ink. @module */

import { median } from "./median.ts";

/** Standard deviations of the paper that no ink is looked for in. */
const DEVIATIONS = 4;

/** Least darkening, of 255, that a person sees as ink. */
const LEAST_INK = 12;

/**
 * The ink that paper alone does not reach.
 *
 * Most of a flattened picture is paper. So the median is its level, and the
 * median distance from it is its noise: 1 / 1.4826 of the standard deviation
 * for noise that is normal.
 *
 * @param counts Histogram of the ink, 256 counts.
 * @returns The least value that is more than noise, up to 256: then there is
 *   none.
 *
 * @example Paper at 2 ± 1
 * ```ts
 * import { noiseLevel } from "./noise_level.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const counts = new Uint32Array(256);
 * counts.set([0, 20, 40, 20]);
 * assertEquals(noiseLevel(counts), 14);
 * ```
 */
export function noiseLevel(counts: Uint32Array): number {
  const paper = median(counts);
  const distances = new Uint32Array(256);
  counts.forEach((count, value) =>
    distances[Math.abs(value - paper)]! += count
  );
  const deviation = 1.4826 * median(distances);
  const level = paper + Math.max(LEAST_INK, DEVIATIONS * deviation);
  return Math.min(256, Math.ceil(level));
}
