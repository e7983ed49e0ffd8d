/**
 * Writes a digit of 28×28 pixels at any size, as if with a pen.
 *
 * Scaled up as they are, such digits show their pixels. Here the gray levels
 * are taken for heights: a cubic B-spline makes them a smooth surface, and the
 * line at a given height of it is the edge of the stroke.
 *
 * @module
 */

import { IMAGE_SIZE } from "../mnist/mod.ts";
import { heightAt, heightLine } from "./_heights.ts";
import type { Ink } from "./ink.ts";

/** Where a digit comes to stand, and how. */
export interface DigitPlace {
  /** Pixels of the page a pixel of the digit's 28; 2 or more. */
  scale: number;
  /** Where the middle of the digit's 28×28 pixels comes to lie. */
  x: number;
  y: number;
  /** Pixels to the right for each pixel up. */
  slant: number;
  /** The height that is the edge, 0…1: the lower, the thicker the stroke. */
  edge: number;
  /** What heights fall by a pixel at an edge, 0…1; 0.4 where left out. */
  fall?: number;
}

/**
 * Adds a digit to the ink of a page.
 *
 * @param ink Changed in place; what falls outside is left out.
 * @param pixels The digit, square, 0 paper to 255 ink: 28×28 or finer.
 *
 * @example Ink where the digit has some, paper elsewhere
 * ```ts
 * import { writeDigit } from "./write_digit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pixels = new Uint8Array(784).fill(255, 13 * 28, 15 * 28); // a dash
 * const ink = { width: 80, height: 80, data: new Float32Array(6400) };
 * writeDigit(ink, pixels, { scale: 2, x: 40, y: 40, slant: 0, edge: 0.5 });
 * assertEquals([ink.data[40 * 80 + 40], ink.data[30 * 80 + 40]], [1, 0]);
 * ```
 */
export function writeDigit(
  ink: Ink,
  pixels: Uint8Array,
  { scale, x, y, slant, edge, fall = 0.4 }: DigitPlace,
): void {
  const side = Math.sqrt(pixels.length);
  const reach = IMAGE_SIZE / 2 * scale;
  const fine = reach / (side / 2); // pixels of the page a pixel of `pixels`
  // With this gain the edge is a bit more than one pixel of the page wide.
  const gain = fine / (1.25 * fall);
  const line = new Float64Array(side);
  const top = Math.max(0, Math.floor(y - reach));
  const bottom = Math.min(ink.height, Math.ceil(y + reach));
  for (let row = top; row < bottom; row++) {
    const shift = slant * (y - row);
    const left = Math.max(0, Math.floor(x + shift - reach));
    const right = Math.min(ink.width, Math.ceil(x + shift + reach));
    heightLine(pixels, side, (row + 0.5 - y) / fine + side / 2 - 0.5, line);
    for (let column = left; column < right; column++) {
      const height = heightAt(
        line,
        (column + 0.5 - x - shift) / fine + side / 2 - 0.5,
      );
      const covered = Math.min(1, 0.5 + (height - edge) * gain);
      const at = row * ink.width + column;
      if (covered > ink.data[at]!) ink.data[at] = covered;
    }
  }
}
