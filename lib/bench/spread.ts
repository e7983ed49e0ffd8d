/**
 * Repeated measurements in three numbers.
 *
 * @module
 */

/** What came of several rounds. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/**
 * @param values At least one, in any order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spread([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 });
 * ```
 */
export function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
    min: sorted[0]!,
    max: sorted.at(-1)!,
  };
}
