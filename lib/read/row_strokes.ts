/** Puts strokes on the rows that they belong to. @module */

import type { Component } from "../image/mod.ts";
import { LEAST_DIGIT, LEAST_HEIGHT } from "./_digit_size.ts";
import { boxGap } from "./boxes.ts";
import { findRows } from "./find_rows.ts";
import { typicalHeight } from "./typical_height.ts";

/** Strokes that stand beside each other. */
export interface StrokeRow {
  /** By the middle of their bounding boxes, from left to right. */
  strokes: Component[];
  /** Height of the row's digits, in pixels. */
  typical: number;
}

/** Greatest gap between a low stroke and the row it is on, in its heights. */
const MOST_GAP = 0.5;

/**
 * Finds rows by the strokes that are high enough for digits, and puts each low
 * one, such as a bar, on the row that it is nearest to; with none near, it is
 * dropped. So are rows that are too low to be read.
 *
 * @param typical Height of the picture's digits, in pixels.
 * @returns From top to bottom.
 */
export function rowStrokes(strokes: Component[], typical: number): StrokeRow[] {
  const isHigh = ({ height }: Component) => height >= LEAST_DIGIT * typical;
  const rows = findRows(strokes.filter(isHigh)).map((row) => ({
    high: row,
    all: [...row],
    typical: typicalHeight(row),
  })).filter(({ typical }) => typical >= LEAST_HEIGHT);
  for (const low of strokes.filter((stroke) => !isHigh(stroke))) {
    let least = MOST_GAP * typical;
    let nearest: Component[] | undefined;
    for (const { high, all } of rows) {
      const gap = Math.min(...high.map((stroke) => boxGap(stroke, low)));
      if (gap > least) continue;
      least = gap;
      nearest = all;
    }
    nearest?.push(low);
  }
  return rows.map(({ all, typical }) => ({
    strokes: all.sort((a, b) => a.x + a.width / 2 - b.x - b.width / 2),
    typical,
  }));
}
