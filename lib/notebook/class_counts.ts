/** How many digits there are of each class. @module */

/**
 * @param labels 0 to 9.
 * @returns Ten counts, by class.
 *
 * @example
 * ```ts
 * import { classCounts } from "./class_counts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(classCounts(Uint8Array.of(1, 1, 9)), [0, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
 * ```
 */
export function classCounts(labels: Uint8Array): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}
