/** Examples of each class for a gallery. @module */

import { CLASSES, type Digits, PIXELS } from "../mnist/mod.ts";
import type { Tile } from "../plot/mod.ts";

/**
 * The first few digits of each class: a row of all classes, then another.
 *
 * @param count Digits of each class; at most as many as there are.
 * @returns `count` rows of ten tiles, 0 to 9.
 * @throws {RangeError} If there are not so many of a class.
 */
export function classTiles(
  { images, labels }: Digits,
  count: number,
): Tile[] {
  const tiles: Tile[] = new Array(count * CLASSES);
  for (let label = 0; label < CLASSES; label++) {
    const own = [...labels.keys()].filter((i) => labels[i] === label);
    if (own.length < count) {
      throw new RangeError(
        `Cannot show ${count} digits of class ${label} as there must be so many: there are ${own.length}`,
      );
    }
    own.slice(0, count).forEach((index, row) => {
      tiles[row * CLASSES + label] = {
        values: images.subarray(index * PIXELS, (index + 1) * PIXELS),
        caption: `${label}`,
      };
    });
  }
  return tiles;
}
