/** Puts digits in reading order. @module */

/** What has a place and a size, in pixels. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Part of the lesser height that neighbors on one row share, at least. */
const SHARED_HEIGHT = 0.35;

/**
 * Groups boxes into rows, and sorts them.
 *
 * From left to right, each box goes on the row of the nearest one on its left
 * that stands on a level with it, or starts a row. So rows may rise and fall.
 *
 * @returns Rows from top to bottom, each from left to right.
 *
 * @example Two rows, the first of which falls
 * ```ts
 * import { findRows } from "./find_rows.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const box = (x: number, y: number) => ({ x, y, width: 6, height: 10 });
 * const rows = findRows([box(20, 6), box(0, 0), box(10, 3), box(0, 12)]);
 * const places = rows.map((row) => row.map(({ x, y }) => [x, y]));
 * assertEquals(places, [[[0, 0], [10, 3], [20, 6]], [[0, 12]]]);
 * ```
 */
export function findRows<T extends Box>(boxes: T[]): T[][] {
  const rows: T[][] = [];
  for (const box of [...boxes].sort((a, b) => middle(a) - middle(b))) {
    let best: T[] | undefined;
    let nearest = -Infinity;
    for (const row of rows) {
      const neighbor = row.findLast((other) => isLevel(other, box));
      if (neighbor === undefined || middle(neighbor) < nearest) continue;
      nearest = middle(neighbor);
      best = row;
    }
    if (best === undefined) rows.push([box]);
    else best.push(box);
  }
  return rows.sort((a, b) => meanLevel(a) - meanLevel(b));
}

function isLevel(a: Box, b: Box): boolean {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return shared >= SHARED_HEIGHT * Math.min(a.height, b.height);
}

/** Along x. */
function middle({ x, width }: Box): number {
  return x + width / 2;
}

function meanLevel(row: Box[]): number {
  const sum = row.reduce((sum, { y, height }) => sum + y + height / 2, 0);
  return sum / row.length;
}
