/** Finds the middle of a histogram. @module */

/**
 * The least value that at least half of all counted ones do not exceed.
 *
 * @param counts How often each value occurs, by value; -1 where none does.
 *
 * @example Three values
 * ```ts
 * import { median } from "./median.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(median(Uint32Array.of(1, 0, 1, 1)), 2);
 * ```
 */
export function median(counts: Uint32Array): number {
  let all = 0;
  for (const count of counts) all += count;
  let sum = 0;
  return all === 0
    ? -1
    : counts.findIndex((count) => 2 * (sum += count) >= all);
}
