/** Ink with lines, for tests of what finds and erases them. @module */

import type { GrayImage } from "@lib/image/mod.ts";

/**
 * Draws a line that runs down, in place, where it is darker.
 *
 * @param columnAt Its middle, by the row.
 */
export function drawLine(
  image: GrayImage,
  columnAt: (row: number) => number,
  thickness: number,
  value: number,
  [top, bottom]: readonly [number, number] = [0, image.height],
) {
  for (let y = top; y < bottom; y++) {
    const middle = columnAt(y);
    const from = Math.max(0, Math.ceil(middle - thickness));
    for (let x = from; x <= middle + thickness && x < image.width; x++) {
      const inside = thickness / 2 + 0.5 - Math.abs(x - middle);
      const covered = value * Math.max(0, Math.min(1, inside));
      const at = y * image.width + x;
      image.data[at] = Math.max(image.data[at]!, covered);
    }
  }
}
