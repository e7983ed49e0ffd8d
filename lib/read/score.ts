/**
 * How well pictures were read.
 *
 * Only digits in their order count: white space, and with it where a row ends,
 * is left out. The main figure is that of upright pictures that hold digits.
 * Told apart from it are pictures without a digit, where each digit read is
 * made up; those tagged `webp`, which are copies of others in that format; and
 * those tagged `rotated-90`, which lie on their side and whose label is for the
 * upright picture.
 *
 * @module
 */

import { editDistance } from "./edit_distance.ts";
import type { PictureLabel } from "./labels.ts";

/** How well one picture was read. */
export interface PictureScore {
  /** Which figure it belongs to. */
  group: "upright" | "empty" | "webp" | "rotated";
  /** Digits that stand on it. */
  digits: number;
  /** Digits to insert, delete or replace until the reading is right. */
  errors: number;
  /** True where there is nothing to correct. */
  right: boolean;
}

/** How well the pictures of one group were read. */
export interface GroupScore {
  pictures: number;
  /** Pictures with every digit right and none made up. */
  right: number;
  /** Digits that stand on them. */
  digits: number;
  digitErrors: number;
  /** Errors a digit, above 1 where many are made up; 0 without digits. */
  digitErrorRate: number;
}

/** The upright pictures that hold digits, and the others told apart. */
export interface ScoreSummary extends GroupScore {
  /** Pictures without a digit. */
  empty: number;
  /** Of these, the ones in which none was read. */
  emptyKept: number;
  webp: GroupScore;
  rotated: GroupScore;
}

/**
 * Compares what was read off a picture with what stands on it.
 *
 * Errors are the edit distance. Digits tagged `scattered` have no order: those
 * in excess can replace those that are missing, so the larger count of the two
 * is what has to be corrected.
 *
 * @param label What stands on the picture.
 * @param text Digits that were read; white space is left out.
 *
 * @example One digit of four misread
 * ```ts
 * import { scorePicture } from "./score.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const label = { file: "a.jpg", rows: ["52", "83"], tags: [] };
 * assertEquals(scorePicture(label, "5233"), {
 *   group: "upright",
 *   digits: 4,
 *   errors: 1,
 *   right: false,
 * });
 * ```
 */
export function scorePicture(label: PictureLabel, text: string): PictureScore {
  const expected = withoutSpace(label.rows.join(""));
  const read = withoutSpace(text);
  const distance = label.tags.includes("scattered")
    ? multisetDistance
    : editDistance;
  const errors = distance(expected, read);
  return {
    group: groupOf(label.tags, expected),
    digits: expected.length,
    errors,
    right: errors === 0,
  };
}

/**
 * Adds up the scores of many pictures, each group for itself.
 *
 * @example A picture read right, and an empty one kept empty
 * ```ts
 * import { scorePicture, summarizeScores } from "./score.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const summary = summarizeScores([
 *   scorePicture({ file: "a.jpg", rows: ["52"], tags: [] }, "52"),
 *   scorePicture({ file: "b.jpg", rows: [], tags: [] }, ""),
 * ]);
 * assertEquals([summary.pictures, summary.right], [1, 1]);
 * assertEquals([summary.empty, summary.emptyKept], [1, 1]);
 * ```
 */
export function summarizeScores(scores: PictureScore[]): ScoreSummary {
  const group = (name: PictureScore["group"]) =>
    scoreGroup(scores.filter((score) => score.group === name));
  const empty = group("empty");
  return {
    ...group("upright"),
    empty: empty.pictures,
    emptyKept: empty.right,
    webp: group("webp"),
    rotated: group("rotated"),
  };
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, "");
}

/** A WebP copy counts as such whatever it shows. */
function groupOf(tags: string[], expected: string): PictureScore["group"] {
  if (tags.includes("webp")) return "webp";
  if (tags.includes("rotated-90")) return "rotated";
  return expected === "" ? "empty" : "upright";
}

/** The least edit distance over all orders of both strings. */
function multisetDistance(expected: string, read: string): number {
  const left = [...read];
  let missing = 0;
  for (const digit of expected) {
    const at = left.indexOf(digit);
    if (at < 0) missing++;
    else left.splice(at, 1);
  }
  return Math.max(missing, left.length);
}

function scoreGroup(scores: PictureScore[]): GroupScore {
  const total = (value: (score: PictureScore) => number) =>
    scores.reduce((sum, score) => sum + value(score), 0);
  const digits = total((score) => score.digits);
  const digitErrors = total((score) => score.errors);
  return {
    pictures: scores.length,
    right: total((score) => score.right ? 1 : 0),
    digits,
    digitErrors,
    digitErrorRate: digits === 0 ? 0 : digitErrors / digits,
  };
}
