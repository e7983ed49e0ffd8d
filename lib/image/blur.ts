/** Takes the grain off a picture. @module */

import type { GrayImage } from "./gray_image.ts";

/**
 * Weighs each pixel with its eight neighbors, 1-2-1 along x and along y.
 *
 * @returns A new picture of the same size; its edge repeats outward.
 *
 * @example A dot spreads
 * ```ts
 * import { blur } from "./blur.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const dot = { width: 5, height: 1, data: Uint8Array.of(0, 0, 8, 0, 0) };
 * assertEquals([...blur(dot).data], [0, 2, 4, 2, 0]);
 * ```
 */
export function blur({ width, height, data }: GrayImage): GrayImage {
  const blurred = new Uint8Array(data.length);
  const column = new Uint16Array(width + 2);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    const above = y > 0 ? from - width : from;
    const below = y < height - 1 ? from + width : from;
    for (let x = 0; x < width; x++) {
      column[x + 1] = data[above + x]! + 2 * data[from + x]! + data[below + x]!;
    }
    column[0] = column[1]!;
    column[width + 1] = column[width]!;
    for (let x = 0; x < width; x++) {
      const sum = column[x]! + 2 * column[x + 1]! + column[x + 2]!;
      blurred[from + x] = (sum + 8) >> 4;
    }
  }
  return { width, height, data: blurred };
}
