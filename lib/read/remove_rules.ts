/**
 * Takes ruled and squared lines out of the ink.
 *
 * A line of a digit may be as straight and as thin as a ruled one, never as
 * long: so all lines are erased, and what is left says how high digits are. A
 * line that is several times as long is ruled; one from border to border need
 * not be as long. Where nothing is left to compare them with, lines are ruled if
 * one goes from border to border.
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
const LONG_WHOLE = 1.35;

/** Least length of one that ends before a border, in longer sides. */
const LEAST_LENGTH = 1 / 4;

/** Least height of what is left, as a part of the picture's longer side. */
const LEAST_LEFT = 1 / 50;

/** How near to a border a line ends there, as a part of the way across. */
const NEAR = 0.03;

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
  const typical = typicalHeight(digitMarks(left, paper + level));
  const isWholeAcross = (rule: Rule) => isWhole(rule, turned);
  const isWholeDown = (rule: Rule) => isWhole(rule, ink);
  if (typical < LEAST_LEFT * Math.max(ink.width, ink.height)) {
    const isRuled = across.some(isWholeAcross) || down.some(isWholeDown);
    return isRuled ? left : ink;
  }
  const least = LEAST_LENGTH * Math.max(ink.width, ink.height);
  const longer = (isWhole: (rule: Rule) => boolean) => (rule: Rule) =>
    rule.columns.length >=
      (isWhole(rule) ? LONG_WHOLE * typical : Math.max(LONG * typical, least));
  const ruledAcross = across.filter(longer(isWholeAcross));
  const ruledDown = down.filter(longer(isWholeDown));
  const ruled = ruledAcross.length + ruledDown.length;
  if (ruled === 0) return ink;
  if (ruled === across.length + down.length) return left;
  return erase(ink, ruledAcross, ruledDown, level);
}

/** Whether a line that runs down a picture begins and ends at its borders. */
function isWhole({ top, columns }: Rule, { width, height }: GrayImage) {
  const isNear = (place: number, side: number) =>
    Math.min(place, side - place) <= NEAR * side;
  const isEnd = (row: number, column: number) =>
    isNear(row, height) || isNear(column, width);
  return isEnd(top, columns[0]!) &&
    isEnd(top + columns.length, columns.at(-1)!);
}

/**
 * The marks that may be digits. What reaches from one border to the other is
 * rather what is left of lines, with digits on it, unless there is nothing else,
 * as where digits fill the picture.
 */
function digitMarks(ink: GrayImage, level: number): Component[] {
  const marks = findComponents(threshold(ink, level))
    .filter((mark) => !isThin(mark) && !isIntruder(mark, ink));
  const inside = marks.filter(({ width, height }) =>
    width < ink.width && height < ink.height
  );
  const least = LEAST_LEFT * Math.max(ink.width, ink.height);
  return typicalHeight(inside) >= least ? inside : marks;
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
