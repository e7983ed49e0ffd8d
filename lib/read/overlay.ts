/** Shows on a picture what was read off it. @module */

import type { RgbImage } from "../image/mod.ts";
import type { DigitReading, LineReading } from "./reading.ts";

type Box = DigitReading["box"];

type Color = readonly [red: number, green: number, blue: number];

/** Vermilion and white: one of them stands out from any paper and ink. */
const MARK: Color = [213, 94, 0];
const PLAIN: Color = [255, 255, 255];

/** Digits and `?` of 5×7 dots, a row a number, its leftmost dot worth 16. */
const GLYPHS = [
  [14, 17, 17, 17, 17, 17, 14],
  [4, 12, 4, 4, 4, 4, 14],
  [14, 17, 1, 2, 4, 8, 31],
  [14, 17, 1, 6, 1, 17, 14],
  [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14],
  [14, 16, 16, 30, 17, 17, 14],
  [31, 1, 2, 4, 4, 8, 8],
  [14, 17, 17, 14, 17, 17, 14],
  [14, 17, 17, 15, 1, 1, 14],
  [14, 17, 1, 2, 4, 0, 4],
];
const QUESTION_MARK = 10;
const GLYPH_WIDTH = 5;
const GLYPH_HEIGHT = 7;

/**
 * Frames each digit and writes what it was read as above it, or `?` where that
 * was rejected.
 *
 * Lines and letters grow with the picture, so that they are seen when it is
 * shown whole. Frames lie around the boxes and cover no ink.
 *
 * @param lines What was read; boxes in pixels of `image`.
 * @returns A new picture of the same size.
 *
 * @example The frame lies around the box
 * ```ts
 * import { drawOverlay } from "./overlay.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const image = { width: 9, height: 20, data: new Uint8Array(540) };
 * const { data } = drawOverlay(image, [
 *   {
 *     digits: [
 *       { digit: 7, confidence: 1, rejected: false, box: [3, 14, 2, 2] },
 *     ],
 *   },
 * ]);
 * const row = Array.from({ length: 9 }, (_, x) => data[(14 * 9 + x) * 3]);
 * assertEquals(row, [0, 255, 213, 0, 0, 213, 255, 0, 0]);
 * ```
 */
export function drawOverlay(
  image: RgbImage,
  lines: Pick<LineReading, "digits">[],
): RgbImage {
  const overlay = { ...image, data: image.data.slice() };
  const side = Math.max(image.width, image.height);
  const thickness = Math.max(1, Math.round(side / 400));
  for (const { digit, rejected, box } of lines.flatMap((line) => line.digits)) {
    drawFrame(overlay, grow(box, thickness), thickness, MARK);
    drawFrame(overlay, grow(box, 2 * thickness), thickness, PLAIN);
    const height = clamp(0.35 * box[3], side / 60, side / 20);
    const dot = Math.max(1, Math.round(height / GLYPH_HEIGHT));
    const glyph = rejected ? QUESTION_MARK : digit;
    drawLabel(overlay, grow(box, 2 * thickness), glyph, dot);
  }
  return overlay;
}

function grow([x, y, width, height]: Box, by: number): Box {
  return [x - by, y - by, width + 2 * by, height + 2 * by];
}

/** Draws the edge of a box, inside it. */
function drawFrame(
  image: RgbImage,
  [x, y, width, height]: Box,
  thickness: number,
  color: Color,
): void {
  fill(image, [x, y, width, thickness], color);
  fill(image, [x, y + height - thickness, width, thickness], color);
  fill(image, [x, y, thickness, height], color);
  fill(image, [x + width - thickness, y, thickness, height], color);
}

/** Writes a glyph above a box; below it, or over it, where there is no room. */
function drawLabel(
  image: RgbImage,
  [x, y, , height]: Box,
  glyph: number,
  dot: number,
): void {
  const plateWidth = (GLYPH_WIDTH + 2) * dot;
  const plateHeight = (GLYPH_HEIGHT + 2) * dot;
  const left = clamp(x, 0, image.width - plateWidth);
  const below = y + height;
  const top = y >= plateHeight
    ? y - plateHeight
    : below + plateHeight <= image.height
    ? below
    : 0;
  fill(image, [left, top, plateWidth, plateHeight], MARK);
  GLYPHS[glyph]!.forEach((dots, row) => {
    for (let column = 0; column < GLYPH_WIDTH; column++) {
      if ((dots >> (GLYPH_WIDTH - 1 - column) & 1) === 0) continue;
      const at: Box = [
        left + (column + 1) * dot,
        top + (row + 1) * dot,
        dot,
        dot,
      ];
      fill(image, at, PLAIN);
    }
  });
}

/** Fills the part of a box that lies within the picture. */
function fill(
  { width, height, data }: RgbImage,
  [x, y, boxWidth, boxHeight]: Box,
  color: Color,
): void {
  const right = Math.min(width, x + boxWidth);
  const bottom = Math.min(height, y + boxHeight);
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = Math.max(0, x); column < right; column++) {
      data.set(color, (row * width + column) * 3);
    }
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
