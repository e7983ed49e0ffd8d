/**
 * Grows what is high or what is low: the running maximum or minimum over a
 * square.
 *
 * Separable, along x and then along y. A row is cut into windows of the size
 * asked for. Any such span is the end of one window and the beginning of the
 * next, so the maxima from each pixel to the end and to the beginning of its
 * window are all it takes: the same few comparisons a pixel for every size.
 *
 * Source: M. van Herk, "A fast algorithm for local minimum and maximum filters
 * on rectangular and octagonal kernels", Pattern Recognition Letters 13 (1992).
 *
 * @module
 */

import type { GrayImage } from "./gray_image.ts";

/**
 * The greatest value in the square around each pixel.
 *
 * @param size Side of the square in pixels, odd. What lies outside the picture
 *   does not count.
 * @returns A new picture of the same size.
 *
 * @example A dot becomes a square
 * ```ts
 * import { dilate } from "./dilate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const dot = { width: 5, height: 1, data: Uint8Array.of(0, 0, 9, 0, 0) };
 * assertEquals([...dilate(dot, 3).data], [0, 9, 9, 9, 0]);
 * ```
 */
export function dilate(image: GrayImage, size: number): GrayImage {
  return dilateRows(dilateRows(image, size, 0), size, 0);
}

/**
 * The smallest value in the square around each pixel, as `dilate()` finds the
 * greatest.
 *
 * @example A hole becomes a square
 * ```ts
 * import { erode } from "./dilate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const hole = { width: 5, height: 1, data: Uint8Array.of(9, 9, 0, 9, 9) };
 * assertEquals([...erode(hole, 3).data], [9, 0, 0, 0, 9]);
 * ```
 */
export function erode(image: GrayImage, size: number): GrayImage {
  return dilateRows(dilateRows(image, size, 255), size, 255);
}

/**
 * The running maximum along x; what is returned has x and y swapped.
 *
 * @param flip Of all bits of the values, 255, for the minimum; or 0.
 */
function dilateRows(
  { width, height, data }: GrayImage,
  size: number,
  flip: number,
): GrayImage {
  const radius = size >> 1;
  const line = new Uint8Array(Math.ceil((width + 2 * radius) / size) * size);
  const toBegin = new Uint8Array(line.length);
  const toEnd = new Uint8Array(line.length);
  const swapped = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = y * width; x < width; x++, from++) {
      line[radius + x] = data[from]! ^ flip;
    }
    windowMaxima(line, size, toBegin, toEnd);
    for (let x = 0, to = y; x < width; x++, to += height) {
      swapped[to] = Math.max(toEnd[x]!, toBegin[x + size - 1]!) ^ flip;
    }
  }
  return { width: height, height: width, data: swapped };
}

/** The maxima from each value to the begin and to the end of its window. */
function windowMaxima(
  line: Uint8Array,
  size: number,
  toBegin: Uint8Array,
  toEnd: Uint8Array,
): void {
  for (let begin = 0; begin < line.length; begin += size) {
    const end = begin + size;
    let highest = 0;
    for (let i = begin; i < end; i++) {
      if (line[i]! > highest) highest = line[i]!;
      toBegin[i] = highest;
    }
    highest = 0;
    for (let i = end - 1; i >= begin; i--) {
      if (line[i]! > highest) highest = line[i]!;
      toEnd[i] = highest;
    }
  }
}
