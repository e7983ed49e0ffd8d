/**
 * Takes ruled and squared lines out of the ink.
 *
 * A line of a digit may be as straight and as thin as a ruled one, never as
 * long: so all lines are erased, and what is left says how high digits are. A
 * line that is several times as long is ruled. Where nothing is left to compare
 * them with, lines are ruled if one goes from border to border.
 *
 * @module
 */

import {
  type Component,
  eraseRule,
  findComponents,
  findRules,
  type GrayImage,
  histogram,
  median,
  noiseLevel,
  type Rule,
  threshold,
  transpose,
} from "../image/mod.ts";
import { isIntruder } from "./is_intruder.ts";
import { typicalHeight } from "./typical_height.ts";

/** Least length of a ruled line, in typical heights of what is left. */
const LONG = 2.5;

/** Least height of what is left, as a part of the picture's longer side. */
const LEAST_LEFT = 1 / 50;

/** Least length that goes from border to border, as a part of that way. */
const WHOLE = 0.94;

/** Sides of a mark, one to the other, that are rather those of a line. */
const THIN = 12;

/** Greatest level that lines are looked for with. */
const MOST_LEVEL = 100;

/**
 * Removes lines within 12° of the picture's rows and columns.
 *
 * @param ink 0 is paper.
 * @returns A new picture, or `ink` itself where there is no such line.
 */
export function removeRules(ink: GrayImage): GrayImage {
  const counts = histogram(ink);
  const paper = median(counts);
  const level = Math.min(MOST_LEVEL, noiseLevel(counts) - paper);
  const turned = transpose(ink);
  const across = findRules(turned, paper, level);
  const down = findRules(ink, paper, level);
  if (across.length + down.length === 0) return ink;

  const left = erase(ink, across, down, level);
  const marks = findComponents(threshold(left, paper + level));
  const typical = typicalHeight(
    marks.filter((mark) => !isThin(mark) && !isIntruder(mark, ink)),
  );
  const isWhole = (side: number) => ({ columns: { length } }: Rule) =>
    length >= WHOLE * side;
  const isLong = ({ columns: { length } }: Rule) => length >= LONG * typical;
  if (typical < LEAST_LEFT * Math.max(ink.width, ink.height)) {
    const isRuled = across.some(isWhole(ink.width)) ||
      down.some(isWhole(ink.height));
    return isRuled ? left : ink;
  }
  const ruledAcross = across.filter(isLong);
  const ruledDown = down.filter(isLong);
  const rejected = across.length + down.length -
    ruledAcross.length - ruledDown.length;
  if (rejected === 0) return left;
  return erase(ink, ruledAcross, ruledDown, level);
}

/** Whether a mark is rather the rest of a line than a digit. */
function isThin({ width, height }: Component): boolean {
  return Math.max(width, height) > THIN * Math.min(width, height);
}

/** A new picture without the given lines. */
function erase(
  ink: GrayImage,
  across: Rule[],
  down: Rule[],
  level: number,
): GrayImage {
  const turned = transpose(ink);
  for (const rule of across) eraseRule(turned, rule, level);
  const erased = transpose(turned);
  for (const rule of down) eraseRule(erased, rule, level);
  return erased;
}
