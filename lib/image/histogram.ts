/** Counts values. @module */

import type { GrayImage } from "./gray_image.ts";

/** How many pixels have each value, 256 counts. */
export function histogram({ data }: GrayImage): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < data.length; i++) counts[data[i]!]!++;
  return counts;
}
