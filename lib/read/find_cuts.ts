/**
 * Finds where digits that touch may be cut apart.
 *
 * A cut is a seam from the top of a component to its bottom that crosses as
 * little ink as it can near a column, as in Avidan and Shamir, "Seam Carving
 * for Content-Aware Image Resizing", SIGGRAPH 2007, section 3, but for its
 * price: ink, and a little for each step aside. So it goes around what it need
 * not cross, and slants as the writing does. Which of the cuts are right the
 * classifier tells, by the digits that they leave.
 *
 * @module
 */

import type { Component } from "../image/mod.ts";

/** A way through a component, from top to bottom. */
export interface Cut {
  /** For each row of the component, the first column on its right. */
  columns: Int32Array;
  /** Ink that it crosses, as a part of the component's height. */
  crossed: number;
}

/** Rows of the copy on which seams are looked for. */
const ROWS = 48;

/** How far a seam strays from its column, in parts of the height. */
const BAND = 0.2;

/** Price of a step aside; to cross a cell of full ink costs 1. */
const STEP = 0.1;

/** Price of being off the column, for each cell and row. */
const OFF = 0.001;

/** Most ink that a cut may cross; least distance of cuts, and from the ends. */
const MOST_CROSSED = 0.45;
const LEAST_DISTANCE = 0.07;
const LEAST_MARGIN = 0.12;

/** Most cuts through one component, for each of its heights in width. */
const MOST_CUTS = 8;

/**
 * @param component Its runs lie within its bounding box.
 * @returns From left to right; none crosses another.
 */
export function findCuts(component: Component): Cut[] {
  const grid = shrink(component);
  const seams: Seam[] = [];
  const margin = Math.round(LEAST_MARGIN * grid.height);
  for (let column = margin; column <= grid.width - margin; column++) {
    seams.push(findSeam(grid, column));
  }
  const chosen: Seam[] = [];
  const most = Math.ceil(MOST_CUTS * component.width / component.height);
  for (const seam of seams.sort((a, b) => a.price - b.price)) {
    if (chosen.length >= most) break;
    if (seam.crossed > MOST_CROSSED * grid.height) continue;
    const isApart = chosen.every((other) =>
      Math.abs(other.middle - seam.middle) >= LEAST_DISTANCE * grid.height
    );
    if (isApart) chosen.push(seam);
  }
  chosen.sort((a, b) => a.middle - b.middle);
  const cuts = chosen.map((seam) => enlarge(seam, grid, component));
  for (let i = 1; i < cuts.length; i++) {
    const before = cuts[i - 1]!.columns;
    const { columns } = cuts[i]!;
    before.forEach((column, y) => columns[y] = Math.max(columns[y]!, column));
  }
  return cuts;
}

/** Part of each cell that is ink, 0…1. */
interface Grid {
  width: number;
  height: number;
  /** Pixels a cell, along both sides. */
  cell: number;
  data: Float32Array;
}

/** A seam on the grid. */
interface Seam {
  /** A row: the first cell on its right. */
  columns: Int32Array;
  price: number;
  /** Cells of full ink that it crosses. */
  crossed: number;
  /** Mean column. */
  middle: number;
}

function shrink({ x, y, width, height, runs }: Component): Grid {
  const cell = Math.max(1, Math.round(height / ROWS));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const data = new Float32Array(columns * rows);
  for (let run = 0; run < runs.length; run += 3) {
    const row = Math.floor((runs[run]! - y) / cell) * columns;
    for (let at = runs[run + 1]! - x; at < runs[run + 2]! - x; at++) {
      data[row + Math.floor(at / cell)]! += 1 / (cell * cell);
    }
  }
  return { width: columns, height: rows, cell, data };
}

/** The cheapest seam within a band around a column, by dynamic programming. */
function findSeam(grid: Grid, column: number): Seam {
  const { width, height, data } = grid;
  const band = Math.round(BAND * height);
  const left = Math.max(0, column - band);
  const right = Math.min(width - 1, column + band);
  const size = right - left + 1;
  const from = new Int8Array(size * height);
  let prices = new Float32Array(size);
  for (let y = 0; y < height; y++) {
    const next = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      let best = prices[i]!;
      let step = 0;
      if (y > 0 && i > 0 && prices[i - 1]! + STEP < best) {
        best = prices[i - 1]! + STEP;
        step = -1;
      }
      if (y > 0 && i + 1 < size && prices[i + 1]! + STEP < best) {
        best = prices[i + 1]! + STEP;
        step = 1;
      }
      from[y * size + i] = step;
      next[i] = best + data[y * width + left + i]! +
        OFF * Math.abs(left + i - column);
    }
    prices = next;
  }
  const price = Math.min(...prices);
  let at = prices.indexOf(price);
  const columns = new Int32Array(height);
  let crossed = 0;
  let sum = 0;
  for (let y = height - 1; y >= 0; y--) {
    columns[y] = left + at;
    crossed += data[y * width + left + at]!;
    sum += left + at;
    at += from[y * size + at]!;
  }
  return { columns, price, crossed, middle: sum / height };
}

function enlarge(seam: Seam, grid: Grid, { x, height }: Component): Cut {
  const columns = Int32Array.from({ length: height }, (_, y) => {
    const cell = seam.columns[Math.floor(y / grid.cell)]!;
    return x + Math.round((cell + 0.5) * grid.cell);
  });
  return { columns, crossed: seam.crossed / grid.height };
}
