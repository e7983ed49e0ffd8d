/** How well one number was read. @module */

import { editDistance } from "./edit_distance.ts";

/** What came of reading one number. */
export interface StringScore {
  /** Read right; rejected, as a `?` in it says; or wrong without a word. */
  outcome: "right" | "rejected" | "wrong";
  /** Digits that it has. */
  digits: number;
  /** Digits to insert, delete or replace until the reading is right. */
  errors: number;
}

/**
 * Compares what was read with what stands there, digits and `?` only.
 *
 * @param expected Digits.
 * @param text As read; white space is left out.
 *
 * @example A digit that the reader was not sure of
 * ```ts
 * import { scoreString } from "./score_string.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(scoreString("5283", "52 ?3"), {
 *   outcome: "rejected",
 *   digits: 4,
 *   errors: 1,
 * });
 * ```
 */
export function scoreString(expected: string, text: string): StringScore {
  const read = text.replaceAll(/[^0-9?]/g, "");
  const errors = editDistance(expected, read);
  const unsure = read.includes("?") ? "rejected" : "wrong";
  return {
    outcome: errors === 0 ? "right" : unsure,
    digits: expected.length,
    errors,
  };
}
