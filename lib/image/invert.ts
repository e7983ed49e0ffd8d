/** Swaps dark and light. @module */

import type { GrayImage } from "./gray_image.ts";

/** A new picture with 255 − value at each pixel. */
export function invert({ width, height, data }: GrayImage): GrayImage {
  return { width, height, data: data.map((value) => 255 - value) };
}
