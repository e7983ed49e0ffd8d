/** Small pictures drawn as rows of characters. @module */

import type { GrayImage } from "@lib/image/mod.ts";

/**
 * A picture from rows of equal length: "." is 0, "#" is `full`, and a figure
 * is so many ninths of it, rounded.
 */
export function drawn(rows: string[], full = 1): GrayImage {
  const data = [...rows.join("")].map((character) => {
    if (character === ".") return 0;
    return character === "#" ? full : Math.round(Number(character) / 9 * full);
  });
  return {
    width: rows[0]!.length,
    height: rows.length,
    data: Uint8Array.from(data),
  };
}

/** The rows of a picture: "." where it is 0, "#" elsewhere. */
export function rowsOf({ width, height, data }: GrayImage): string[] {
  return Array.from({ length: height }, (_, y) => {
    const row = [...data.subarray(y * width, (y + 1) * width)];
    return row.map((value) => value === 0 ? "." : "#").join("");
  });
}

/** A picture of one value. */
export function uniform(
  width: number,
  height: number,
  value: number,
): GrayImage {
  return { width, height, data: new Uint8Array(width * height).fill(value) };
}

/** Sets a rectangle to a value, in place. */
export function fillBox(
  image: GrayImage,
  [x, y, width, height]: readonly [number, number, number, number],
  value: number,
) {
  for (let row = y; row < y + height; row++) {
    const from = row * image.width + x;
    image.data.fill(value, from, from + width);
  }
}
