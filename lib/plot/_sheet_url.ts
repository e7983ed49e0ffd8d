/**
 * A sheet of values as a picture: a heat map of so many values would be many
 * times as large, and slower to draw.
 *
 * @module
 */

import { PNG } from "pngjs";

/** Red, green, blue, 0…255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Values and the colors that they are drawn in. */
export interface Sheet {
  /** Rows of values; null is left clear. */
  rows: (number | null)[][];
  /** The values of the first and of the last color. */
  low: number;
  high: number;
  /** Two or more, at even distances; what lies between is mixed. */
  colors: Rgb[];
}

/**
 * The sheet as a PNG in a `data:` URL.
 *
 * @param zoom Whole pixels across and down for each value, so that they keep
 *   hard edges.
 */
export function sheetUrl(sheet: Sheet, zoom: number): string {
  const { rows } = sheet;
  const width = rows[0]!.length * zoom;
  const png = new PNG({ width, height: rows.length * zoom });
  png.data.fill(0);
  for (let y = 0; y < png.height; y++) {
    const row = rows[Math.floor(y / zoom)]!;
    for (let x = 0; x < width; x++) {
      const value = row[Math.floor(x / zoom)]!;
      if (value === null) continue;
      png.data.set([...colorOf(value, sheet), 255], 4 * (y * width + x));
    }
  }
  return `data:image/png;base64,${PNG.sync.write(png).toString("base64")}`;
}

function colorOf(value: number, { low, high, colors }: Sheet): number[] {
  const last = colors.length - 1;
  const place = (value - low) / (high - low) * last;
  const index = Math.max(0, Math.min(last - 1, Math.floor(place)));
  const share = Math.max(0, Math.min(1, place - index));
  return colors[index]!.map((from, channel) =>
    Math.round(from + share * (colors[index + 1]![channel]! - from))
  );
}
