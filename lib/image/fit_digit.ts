/**
 * Fits a drawing into 28×28 the way the digits of MNIST are.
 *
 * The longer side becomes 20 px, its aspect kept, by averaging over area, so
 * that edges keep their gray; the center of mass comes to the middle.
 *
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
 *
 * @module
 */

import type { GrayImage } from "./gray_image.ts";
import { resize } from "./resize.ts";

/** Side of a picture of MNIST, in pixels. */
export const SIDE = 28;

/** Longer side of a digit of MNIST, in pixels. */
export const DIGIT_SIDE = 20;

/**
 * @param drawing 0 is paper, with no empty rows or columns around it.
 * @returns A new picture of 28×28 px.
 *
 * @example A bar becomes 20 px high and stands in the middle
 * ```ts
 * import { fitDigit } from "./fit_digit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bar = { width: 5, height: 40, data: new Uint8Array(200).fill(255) };
 * const { data } = fitDigit(bar);
 * const rows = [3, 5, 14, 22, 24].map((y) => data[y * 28 + 14]);
 * assertEquals(rows, [0, 255, 255, 255, 0]);
 * ```
 */
export function fitDigit(drawing: GrayImage): GrayImage {
  const { digit, left, top } = placeDigit(drawing);
  return paste(digit, SIDE, SIDE, left, top);
}

/** A drawing at its size among the 28×28 pixels, and its upper left corner. */
export function placeDigit(
  drawing: GrayImage,
): { digit: GrayImage; left: number; top: number } {
  const digit = fitSide(drawing, DIGIT_SIDE);
  const [x, y] = centerOfMass(digit);
  const left = clampOffset(Math.round(SIDE / 2 - x), digit.width);
  const top = clampOffset(Math.round(SIDE / 2 - y), digit.height);
  return { digit, left, top };
}

/** Scales so that the longer side is `side`. */
export function fitSide(image: GrayImage, side: number): GrayImage {
  const scale = side / Math.max(image.width, image.height);
  const whole = (length: number) => Math.max(1, Math.round(length * scale));
  return resize(image, whole(image.width), whole(image.height));
}

/** On a new picture, 0 elsewhere. */
export function paste(
  image: GrayImage,
  width: number,
  height: number,
  left: number,
  top: number,
): GrayImage {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width, (y + 1) * image.width);
    data.set(row, (top + y) * width + left);
  }
  return { width, height, data };
}

/** In pixels from the upper left corner. */
function centerOfMass({ width, data }: GrayImage): [x: number, y: number] {
  let mass = 0;
  let x = 0;
  let y = 0;
  data.forEach((value, i) => {
    mass += value;
    x += value * (i % width + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  });
  return [x / mass, y / mass];
}

/** So that `length` pixels stay on the 28×28 picture. */
function clampOffset(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, SIDE - length));
}
