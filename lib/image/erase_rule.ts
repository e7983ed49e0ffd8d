/**
 * Takes a ruled line out of the ink, and leaves the strokes that cross it.
 *
 * A line looks the same all along: its profile, the median across it over some
 * way, is what it has of the ink by itself. What is clearly higher belongs to a
 * pen. Where a pen is no darker than the line, it is known from what it left
 * beside it: a stroke that goes on at the other side, straight or aslant, has
 * crossed, and one that ends there has touched.
 *
 * @module
 */

import type { Rule } from "./find_rules.ts";
import type { GrayImage } from "./gray_image.ts";
import { median } from "./median.ts";

/** Rows that are erased at once, by the profile of thrice as many. */
const PIECE = 192;

/** One of so many rows must be free of pens to tell the profile. */
const LEAST_FREE = 8;

/** Columns a row, across the line, of strokes that are looked for. */
const SLANTS = [-0.5, 0.5, -1, 1, -2, 2];
const MOST_SLANT = 2;

/**
 * Erases a line that runs down a picture, in place.
 *
 * @param ink 0 is paper; changed.
 * @param rule As `findRules()` gave it.
 * @param level Ink over that of the paper that is more than noise.
 */
export function eraseRule(ink: GrayImage, rule: Rule, level: number): void {
  const whole = cutStrip(ink, rule);
  const count = Math.ceil(whole.rows / PIECE);
  const rows = Math.ceil(whole.rows / count);
  for (let first = 0; first < whole.rows; first += rows) {
    const end = Math.min(whole.rows, first + rows);
    const around = rowsOf(whole, first - PIECE, end + PIECE);
    const profile = findProfile(around, level);
    const paper = Math.min(...profile);
    const height = Math.max(...profile) - paper;
    const foot = Math.max(1, Math.min(level / 2, height / 4));
    const { left, right } = findExtent(profile, paper + foot);
    if (left > right) continue;
    const clearly = Math.max(level, height / 4);
    const line = { profile, paper, clearly, left, right };
    erasePiece(ink, rule, rowsOf(whole, first, end), line);
  }
}

/** The pixels around some rows of a line, as they were. */
interface Strip {
  /** Of the line's rows. */
  first: number;
  rows: number;
  /** Columns on each side of the line's middle. */
  reach: number;
  /** [rows, 2 · reach + 1]; 0 outside the picture. */
  data: Uint8Array;
}

/** What a line has of a strip's ink. */
interface Line {
  /** By the index across the strip. */
  profile: Uint8Array;
  paper: number;
  /** How much more ink, than the line or the paper has, is a pen's. */
  clearly: number;
  /** First and last index across that the line covers. */
  left: number;
  right: number;
}

function cutStrip(
  { width, data: ink }: GrayImage,
  { top, columns, reach }: Rule,
): Strip {
  const rows = columns.length;
  const across = 2 * reach + 1;
  const data = new Uint8Array(rows * across);
  for (let row = 0; row < rows; row++) {
    const x = Math.round(columns[row]!) - reach;
    const from = (top + row) * width;
    const start = Math.max(0, x);
    const end = Math.min(width, x + across);
    if (start >= end) continue;
    const to = row * across + start - x;
    data.set(ink.subarray(from + start, from + end), to);
  }
  return { first: 0, rows, reach, data };
}

/** A view on those of the rows that there are. */
function rowsOf(whole: Strip, from: number, to: number): Strip {
  const first = Math.max(0, from);
  const end = Math.min(whole.rows, to);
  const across = 2 * whole.reach + 1;
  const data = whole.data.subarray(first * across, end * across);
  return { first, rows: end - first, reach: whole.reach, data };
}

/**
 * The median at each distance from the line's middle, where no pen is on either
 * side; the greater one of its neighbors, as a line lies between the columns.
 */
function findProfile({ rows, reach, data }: Strip, level: number): Uint8Array {
  const across = 2 * reach + 1;
  const medianAt = (x: number, from: Uint8Array) => {
    const counts = new Uint32Array(256);
    for (let i = x; i < from.length; i += across) counts[from[i]!]!++;
    return median(counts);
  };
  const most = level +
    Math.min(medianAt(0, data), medianAt(across - 1, data));
  const free = new Uint8Array(data.length);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * across;
    const end = from + across;
    if (data[from]! > most || data[end - 1]! > most) continue;
    free.set(data.subarray(from, end), length);
    length += across;
  }
  const isEnough = length * LEAST_FREE >= data.length;
  const used = isEnough ? free.subarray(0, length) : data;
  const medians = new Uint8Array(across).map((_, x) => medianAt(x, used));
  return medians.map((value, x) =>
    Math.max(medians[x - 1] ?? 0, value, medians[x + 1] ?? 0)
  );
}

/** First and last index around the middle where a profile is over a level. */
function findExtent(profile: Uint8Array, level: number) {
  const middle = profile.length >> 1;
  let left = middle;
  let right = middle;
  while (left >= 0 && profile[left]! > level) left--;
  while (right < profile.length && profile[right]! > level) right++;
  return { left: left + 1, right: right - 1 };
}

/**
 * Leaves what is clearly darker than the line, and draws strokes again that
 * come up to it, as they were.
 */
function erasePiece(
  ink: GrayImage,
  rule: Rule,
  strip: Strip,
  { profile, paper, clearly, left, right }: Line,
): void {
  const { width, data } = ink;
  const across = 2 * strip.reach + 1;
  const far = Math.ceil((right - left + 2) * MOST_SLANT);
  const lefts = besideLine(ink, rule, strip, left - 1, far);
  const rights = besideLine(ink, rule, strip, right + 1, far);
  const least = paper + clearly;
  for (let row = 0; row < strip.rows; row++) {
    const y = rule.top + strip.first + row;
    const start = Math.round(rule.columns[strip.first + row]!) - strip.reach;
    const from = Math.max(left, -start);
    const end = Math.min(right, width - 1 - start);
    const beside = row + far;
    const touching = Math.max(lefts[beside]!, rights[beside]!);
    // Another line that crosses adds to this one, and so does a pen.
    const crossing = Math.min(lefts[beside]!, rights[beside]!) - paper;
    for (let i = from; i <= end; i++) {
      const value = strip.data[row * across + i]!;
      const excess = value - profile[i]! - Math.max(0, crossing);
      const sure = Math.max(0, Math.min(1, 2 * excess / clearly - 1));
      const kept = paper + Math.max(0, value - paper) * sure;
      let drawn = touching;
      for (const slant of SLANTS) {
        const above = lefts[beside - Math.round(slant * (i - left + 1))]!;
        const below = rights[beside + Math.round(slant * (right + 1 - i))]!;
        drawn = Math.max(drawn, Math.min(above, below));
      }
      if (drawn <= least) drawn = paper;
      data[y * width + start + i] = Math.max(kept, Math.min(value, drawn));
    }
  }
}

/** The ink at one index across, for a strip's rows and `far` on both ends. */
function besideLine(
  { width, data }: GrayImage,
  { top, columns }: Rule,
  { first, rows, reach }: Strip,
  index: number,
  far: number,
): Uint8Array {
  const beside = new Uint8Array(rows + 2 * far);
  for (let i = 0; i < beside.length; i++) {
    const row = first - far + i;
    const column = columns[row];
    if (column === undefined) continue;
    const x = Math.round(column) - reach + index;
    if (x >= 0 && x < width) beside[i] = data[(top + row) * width + x]!;
  }
  return beside;
}
