/** Writes down a row. @module */

import type { Box } from "./boxes.ts";

/** A digit and where it stands. */
export interface PlacedDigit {
  digit: number;
  rejected: boolean;
  box: Box;
}

/**
 * Least gap between groups: so many heights of a digit, and so many times the
 * median gap of the row, as some write all their digits far apart.
 */
const LEAST_GAP = 0.8;
const LEAST_RATIO = 2.5;

/** Between two digits that stand alone, where there is no median to go by. */
const LONE_GAP = 1.5;

/**
 * Digits, `?` for rejected ones, and spaces between groups that stand clearly
 * apart.
 *
 * @param digits From left to right.
 * @param typical Height of the row's digits, in the boxes' unit.
 *
 * @example
 * ```ts
 * import { rowText } from "./row_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const digits = [0, 12, 24, 60, 72].map((x, digit) => ({
 *   digit,
 *   rejected: digit === 1,
 *   box: { x, y: 0, width: 8, height: 14 },
 * }));
 * assertEquals(rowText(digits, 14), "0?2 34");
 * ```
 */
export function rowText(digits: PlacedDigit[], typical: number): string {
  const gaps = digits.slice(1).map(({ box }, i) => {
    const before = digits[i]!.box;
    return Math.max(0, box.x - before.x - before.width);
  });
  const sorted = gaps.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const least = gaps.length === 1
    ? LONE_GAP * typical
    : Math.max(LEAST_GAP * typical, LEAST_RATIO * median);
  return digits.map(({ digit, rejected }, i) => {
    const space = i > 0 && gaps[i - 1]! > least ? " " : "";
    return space + (rejected ? "?" : digit);
  }).join("");
}
