/**
 * How far two strings are apart.
 *
 * Source: Levenshtein, "Binary codes capable of correcting deletions,
 * insertions, and reversals", 1966; the row-by-row way of Wagner and Fischer,
 * "The string-to-string correction problem", 1974.
 *
 * @module
 */

/**
 * The least number of characters to insert, delete or replace that turns one
 * string into the other: 0 when they are equal. Counts UTF-16 code units.
 *
 * @example A digit lost, and another misread
 * ```ts
 * import { editDistance } from "./edit_distance.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(editDistance("5283", "538"), 2);
 * ```
 */
export function editDistance(from: string, to: string): number {
  // distances[j]: from the part of `from` read so far to the first j of `to`.
  let distances = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = distances[j]! + (from[i] === to[j] ? 0 : 1);
      const deleted = distances[j + 1]! + 1;
      const inserted = next[j]! + 1;
      next.push(Math.min(replaced, deleted, inserted));
    }
    distances = next;
  }
  return distances[to.length]!;
}
