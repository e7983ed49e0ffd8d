/** Parts high from low. @module */

import type { GrayImage } from "./gray_image.ts";

/** A mask: 1 where a pixel is `level` or more, else 0. */
export function threshold(image: GrayImage, level: number): GrayImage {
  const { width, height, data } = image;
  return { width, height, data: data.map((value) => value >= level ? 1 : 0) };
}
