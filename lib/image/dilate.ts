/**
 * Grows what is high: the running maximum over a square.
 *
 * Separable, along x and then along y. Each pass doubles its window until two
 * overlapping ones cover the size asked for, so a window of n costs log₂ n
 * comparisons a pixel, and each runs along memory.
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
  const { width, height } = image;
  const radius = size >> 1;
  const padded = width + 2 * radius;
  const line = new Uint8Array(padded);
  const rows = new Uint8Array((height + 2 * radius) * width);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    line.fill(0);
    line.set(image.data.subarray(from, from + width), radius);
    runningMaximum(line, size, 1);
    rows.set(line.subarray(0, width), from + radius * width);
  }
  runningMaximum(rows, size, width);
  return { width, height, data: rows.slice(0, height * width) };
}

/** In place: the maximum of `size` values, `stride` apart, from each one on. */
function runningMaximum(values: Uint8Array, size: number, stride: number) {
  let window = 1;
  const widenBy = (step: number) => {
    const distance = step * stride;
    for (let i = 0; i + distance < values.length; i++) {
      const other = values[i + distance]!;
      if (other > values[i]!) values[i] = other;
    }
    window += step;
  };
  while (window * 2 <= size) widenBy(window);
  if (window < size) widenBy(size - window);
}
