/**
 * Draws a component the way the digits of MNIST are drawn.
 *
 * A pen that is thinner than those of MNIST is thickened first; then the
 * drawing is fitted as `fitDigit()` does. What a cut took away stays faintly
 * visible around it, as a bar that is all of a 1 looks like one that was cut
 * off a 4.
 *
 * @module
 */

import type { Component } from "./find_components.ts";
import { dilate } from "./dilate.ts";
import {
  DIGIT_SIDE,
  fitDigit,
  fitSide,
  paste,
  placeDigit,
  SIDE,
} from "./fit_digit.ts";
import { fullInk } from "./full_ink.ts";
import type { GrayImage } from "./gray_image.ts";
import { resize } from "./resize.ts";

/** Side of a drawing that is large enough to thicken its strokes evenly. */
const LEAST_SIDE = 4 * DIGIT_SIDE;

/** Least width of a stroke, as a part of the digit's longer side. */
const LEAST_STROKE = 0.1;

/** Pixels around a component that still show its soft edge. */
const EDGE = 1;

/** How full the ink is drawn that was cut away, 0…1. */
const FAINT = 0.4;

/**
 * Draws a component as a 28×28 picture, 255 where its ink is full.
 *
 * @param ink 0 is paper.
 * @param component Of a mask of the same size as `ink`.
 * @param rest What it was cut off, of the same mask; nothing where it is whole.
 *
 * @example A bar becomes 20 px high and stands in the middle
 * ```ts
 * import { drawDigit } from "./draw_digit.ts";
 * import { findComponents } from "./find_components.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ink = { width: 9, height: 60, data: new Uint8Array(540) };
 * for (let y = 10; y < 50; y++) ink.data.fill(90, y * 9 + 2, y * 9 + 7);
 * const { data } = drawDigit(ink, findComponents(ink)[0]!);
 * const rows = [3, 5, 14, 22, 24].map((y) => data[y * 28 + 14]);
 * assertEquals(rows, [0, 255, 255, 255, 0]);
 * ```
 */
export function drawDigit(
  ink: GrayImage,
  component: Component,
  rest: Component[] = [],
): GrayImage {
  const full = Math.max(1, fullInk(ink, component));
  const { drawing, scale, margin } = thicken(cutOut(ink, component, full));
  if (rest.length === 0) return fitDigit(drawing);
  const { digit, left, top } = placeDigit(drawing);
  const picture = paste(digit, SIDE, SIDE, left, top);
  // The frame of 28×28 as it lies on the ink, in whole pixels.
  const pixel = Math.max(drawing.width, drawing.height) / DIGIT_SIDE / scale;
  const frame = {
    x: Math.round(component.x - EDGE - margin / scale - left * pixel),
    y: Math.round(component.y - EDGE - margin / scale - top * pixel),
    side: Math.max(1, Math.round(SIDE * pixel)),
  };
  const around = resize(copyRuns(ink, rest, frame, full), SIDE, SIDE);
  picture.data.forEach((own, i) => {
    const faint = FAINT * around.data[i]!;
    if (faint > own) picture.data[i] = Math.round(faint);
  });
  return picture;
}

/** A drawing for which some was enlarged, and a margin added. */
interface Thickened {
  drawing: GrayImage;
  /** Pixels of the drawing a pixel of what was thickened. */
  scale: number;
  /** In pixels of the drawing. */
  margin: number;
}

/** Makes strokes as wide as the least width, once they are part of it all. */
function thicken(cut: GrayImage): Thickened {
  const longer = Math.max(cut.width, cut.height);
  const isSmall = longer < LEAST_SIDE;
  const drawing = isSmall ? fitSide(cut, LEAST_SIDE) : cut;
  const scale = isSmall ? LEAST_SIDE / longer : 1;
  const side = Math.max(drawing.width, drawing.height);
  const missing = LEAST_STROKE * side - strokeWidth(drawing);
  // On either side, and the drawing grows by it as well.
  const margin = Math.round(missing / 2 / (1 - LEAST_STROKE));
  if (margin <= 0) return { drawing, scale, margin: 0 };
  const width = drawing.width + 2 * margin;
  const height = drawing.height + 2 * margin;
  const framed = paste(drawing, width, height, margin, margin);
  return { drawing: dilate(framed, 2 * margin + 1), scale, margin };
}

/** The ink of components within a square, where full ink is made 255. */
function copyRuns(
  ink: GrayImage,
  components: Component[],
  { x, y, side }: { x: number; y: number; side: number },
  full: number,
): GrayImage {
  const data = new Uint8Array(side * side);
  for (const { runs } of components) {
    for (let run = 0; run < runs.length; run += 3) {
      const row = runs[run]! - y;
      if (row < 0 || row >= side) continue;
      const from = Math.max(x, runs[run + 1]!);
      const to = Math.min(x + side, runs[run + 2]!);
      for (let column = from; column < to; column++) {
        const value = 255 * ink.data[runs[run]! * ink.width + column]! / full;
        data[row * side + column - x] = Math.min(255, value);
      }
    }
  }
  return { width: side, height: side, data };
}

/** The component's ink alone with its soft edge, full ink made 255. */
function cutOut(
  ink: GrayImage,
  component: Component,
  full: number,
): GrayImage {
  const width = component.width + 2 * EDGE;
  const height = component.height + 2 * EDGE;
  const data = new Uint8Array(width * height);
  const { runs } = component;
  for (let run = 0; run < runs.length; run += 3) {
    const start = Math.max(0, runs[run + 1]! - EDGE);
    const end = Math.min(ink.width, runs[run + 2]! + EDGE);
    const top = Math.max(0, runs[run]! - EDGE);
    const bottom = Math.min(ink.height - 1, runs[run]! + EDGE);
    for (let y = top; y <= bottom; y++) {
      for (let x = start; x < end; x++) {
        const value = 255 * ink.data[y * ink.width + x]! / full;
        const at = (y - component.y + EDGE) * width + x - component.x + EDGE;
        data[at] = Math.min(255, value);
      }
    }
  }
  return { width, height, data };
}

/**
 * Mean width of the strokes in pixels: a stroke's area is its length times its
 * width, and its outline is twice its length. The outline of a gray drawing is
 * its total variation.
 */
function strokeWidth({ width, height, data }: GrayImage): number {
  let area = 0;
  let outline = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const value = data[at]!;
      const right = (x + 1 < width ? data[at + 1]! : 0) - value;
      const below = (y + 1 < height ? data[at + width]! : 0) - value;
      area += value;
      // Math.hypot() takes five times as long.
      outline += Math.sqrt(right * right + below * below);
    }
  }
  return outline === 0 ? 0 : 2 * area / outline;
}
