/** Swaps dark and light. @module */

import type { GrayImage } from "./gray_image.ts";

/** A new picture with 255 − value at each pixel. */
export function invert({ width, height, data }: GrayImage): GrayImage {
  const inverted = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) inverted[i] = 255 - data[i]!;
  return { width, height, data: inverted };
}
