/** Swaps rows and columns. @module */

import type { GrayImage } from "./gray_image.ts";

/** Side of the blocks that are turned at once, so that both fit the cache. */
const BLOCK = 32;

/**
 * Mirrors a picture at its diagonal.
 *
 * @returns A new picture of `height` × `width` pixels.
 *
 * @example A row becomes a column
 * ```ts
 * import { transpose } from "./transpose.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const row = { width: 2, height: 1, data: Uint8Array.of(3, 4) };
 * const column = { width: 1, height: 2, data: Uint8Array.of(3, 4) };
 * assertEquals(transpose(row), column);
 * ```
 */
export function transpose({ width, height, data }: GrayImage): GrayImage {
  const turned = new Uint8Array(data.length);
  for (let top = 0; top < height; top += BLOCK) {
    const bottom = Math.min(height, top + BLOCK);
    for (let left = 0; left < width; left += BLOCK) {
      const right = Math.min(width, left + BLOCK);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          turned[x * height + y] = data[y * width + x]!;
        }
      }
    }
  }
  return { width: height, height: width, data: turned };
}
