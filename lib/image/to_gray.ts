/** Takes the color off a picture. @module */

import type { GrayImage } from "./gray_image.ts";
import type { RgbImage } from "./rgb_image.ts";

/**
 * Brightness of a color picture: the luma of ITU-R BT.601, 0.299 red + 0.587
 * green + 0.114 blue, rounded.
 *
 * @returns A new picture of the same size: 0 is dark, 255 is light.
 *
 * @example White stays white, and green is lighter than blue
 * ```ts
 * import { toGray } from "./to_gray.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = Uint8Array.of(255, 255, 255, 0, 255, 0, 0, 0, 255);
 * const gray = toGray({ width: 3, height: 1, data });
 * assertEquals([...gray.data], [255, 150, 29]);
 * ```
 */
export function toGray({ width, height, data }: RgbImage): GrayImage {
  const gray = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < gray.length; i++, p += 3) {
    // In parts of 2¹⁶, which sum to one.
    const luma = 19595 * data[p]! + 38470 * data[p + 1]! + 7471 * data[p + 2]!;
    gray[i] = (luma + 32768) >> 16;
  }
  return { width, height, data: gray };
}
