/**
 * Finds the strokes that digits may be made of.
 *
 * Faint strokes want a low threshold; neighbors that nearly touch, and lines
 * that run through digits, want a high one. So a picture is thresholded low,
 * and what is too large for a digit is taken apart at thresholds that rise. How
 * large a digit is, the clear ink says: digits of one picture are about as high
 * as each other.
 *
 * @module
 */

import {
  type Component,
  findComponents,
  fullInk,
  type GrayImage,
  threshold,
} from "../image/mod.ts";
import {
  LEAST_HEIGHT,
  LEAST_STROKE,
  MOST_DIGIT,
  MOST_TOUCHING,
} from "./_digit_size.ts";
import { inkLevels } from "./ink_levels.ts";
import { isFrame } from "./is_frame.ts";
import { isIntruder } from "./is_intruder.ts";
import { takeApart } from "./take_apart.ts";
import { typicalHeight } from "./typical_height.ts";

/** Thresholds, in parts of the way from the paper's noise to clear ink. */
const LEVELS = [0.3, 0.45, 0.65, 0.85, 1.1, 1.4, 1.8];

/** Least full ink of a stroke, as a part of the same way. */
const LEAST_INK = 0.8;

/** What may be writing. */
export interface Strokes {
  strokes: Component[];
  /** Height of a digit, in pixels; 0 where nothing was found. */
  typical: number;
}

/**
 * Finds the strokes of digits. Specks, frames, lines, faint marks, and what
 * comes in over the border are left out.
 *
 * @param ink 0 is paper.
 */
export function findStrokes(ink: GrayImage): Strokes {
  const { noise, clear } = inkLevels(ink);
  const marks = findComponents(threshold(ink, clear))
    .filter((mark) => !isIntruder(mark, ink));
  const typical = heightOfDigits(marks);
  if (typical < LEAST_HEIGHT) return { strokes: [], typical: 0 };

  const between = (part: number) => noise + Math.round(part * (clear - noise));
  const [lowest, ...higher] = LEVELS.map(between);
  const strokes = findComponents(threshold(ink, lowest!))
    .flatMap((component) => takeApart(component, ink, higher, typical))
    .filter((stroke) => {
      const length = Math.max(stroke.width, stroke.height) / typical;
      return length >= LEAST_STROKE && stroke.height <= MOST_DIGIT * typical &&
        stroke.width <= MOST_TOUCHING * typical &&
        fullInk(ink, stroke) >= between(LEAST_INK) && !isIntruder(stroke, ink);
    });
  return { strokes, typical };
}

function heightOfDigits(marks: Component[]): number {
  const large = marks.filter(({ height }) => height >= LEAST_HEIGHT);
  return typicalHeight(large.filter((mark) => !isFrame(mark, large)));
}
