/** Parts high from low. @module */

import type { GrayImage } from "./gray_image.ts";

/** A mask: 1 where a pixel is `level` or more, else 0. */
export function threshold(image: GrayImage, level: number): GrayImage {
  const { width, height, data } = image;
  // A table, as a branch at each pixel is often guessed wrong where it is noisy.
  const table = new Uint8Array(256).fill(1, level);
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) mask[i] = table[data[i]!]!;
  return { width, height, data: mask };
}
