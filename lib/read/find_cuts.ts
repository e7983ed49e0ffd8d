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
const ROWS = 64;

/** How far a seam strays from its column, in parts of the height. */
const BAND = 0.2;

/** Price of a step aside; to cross a cell of full ink costs 1. */
const STEP = 0.06;

/** Price of being off the column, for each cell and row. */
const OFF = 0.003;

/** Least and most ink that a cut crosses, in parts of the height. */
const LEAST_CROSSED = 0.01;
const MOST_CROSSED = 0.6;

/** Least mean distance of cuts, and of their columns from the ends. */
const LEAST_DISTANCE = 0.04;
const LEAST_MARGIN = 0.06;

/** How fast the price of ink falls with the width of its stroke. */
const POWER = 6;

/** Cells by which cuts may cross each other. */
const MOST_CROSSING = 2;

/** Most cuts through one component, for each of its heights in width. */
const MOST_CUTS = 12;

/**
 * @param component Its runs lie within its bounding box.
 * @returns From left to right; none crosses another.
 */
export function findCuts(component: Component): Cut[] {
  const grid = shrink(component);
  const prices = priceCells(grid);
  const seams: Seam[] = [];
  const margin = Math.round(LEAST_MARGIN * grid.height);
  for (let column = margin; column <= grid.width - margin; column++) {
    const seam = findSeam(grid, prices, column);
    const share = seam.crossed / grid.height;
    if (share >= LEAST_CROSSED && share <= MOST_CROSSED) seams.push(seam);
  }
  const chosen: Seam[] = [];
  const most = Math.ceil(MOST_CUTS * component.width / component.height);
  for (const seam of seams.sort((a, b) => a.price - b.price)) {
    if (chosen.length >= most) break;
    if (chosen.every((other) => isApart(seam, other))) chosen.push(seam);
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

/** Whether seams are different ones, and on one side of each other. */
function isApart(seam: Seam, other: Seam): boolean {
  const height = seam.columns.length;
  const side = Math.sign(other.middle - seam.middle);
  if (Math.abs(other.middle - seam.middle) < LEAST_DISTANCE * height) {
    return false;
  }
  for (let y = 0; y < height; y++) {
    const ahead = side * (other.columns[y]! - seam.columns[y]!);
    if (ahead < -MOST_CROSSING) return false;
  }
  return true;
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

/**
 * What it costs to cross each cell: its ink, and less of it the wider the
 * strokes are there than they are elsewhere, as it is where digits lie against
 * each other that a seam may have to follow a stroke.
 */
function priceCells(grid: Grid): Float32Array {
  const { width, height, data } = grid;
  const depth = inkDepth(grid);
  const ridge = depth.filter((own, i) => {
    if (own === 0) return false;
    const x = i % width;
    const near = (at: number, isInside: boolean) => isInside ? depth[at]! : 0;
    return own >= near(i - 1, x > 0) && own >= near(i + 1, x + 1 < width) &&
      own >= near(i - width, i >= width) &&
      own >= near(i + width, i + width < width * height);
  }).sort();
  const usual = ridge[ridge.length >> 1] ?? 1;
  return data.map((ink, i) =>
    ink * Math.min(1, (usual / (depth[i]! || 1)) ** POWER)
  );
}

/** Distance of each cell of ink from paper, in cells, about. */
function inkDepth({ width, height, data }: Grid): Float32Array {
  const depth = data.map((ink) => ink > 0.5 ? Infinity : 0);
  const relax = (at: number, x: number, y: number, dx: number, dy: number) => {
    const isInside = x + dx >= 0 && x + dx < width && y + dy >= 0 &&
      y + dy < height;
    const near = isInside ? depth[at + dy * width + dx]! : 0;
    depth[at] = Math.min(depth[at]!, near + (dx && dy ? Math.SQRT2 : 1));
  };
  for (let at = 0; at < depth.length; at++) {
    if (depth[at] === 0) continue;
    const x = at % width;
    const y = Math.floor(at / width);
    relax(at, x, y, -1, 0);
    relax(at, x, y, -1, -1);
    relax(at, x, y, 0, -1);
    relax(at, x, y, 1, -1);
  }
  for (let at = depth.length - 1; at >= 0; at--) {
    if (depth[at] === 0) continue;
    const x = at % width;
    const y = Math.floor(at / width);
    relax(at, x, y, 1, 0);
    relax(at, x, y, 1, 1);
    relax(at, x, y, 0, 1);
    relax(at, x, y, -1, 1);
  }
  return depth;
}

/** The cheapest seam within a band around a column, by dynamic programming. */
function findSeam(
  { width, height, data }: Grid,
  cells: Float32Array,
  column: number,
): Seam {
  const band = Math.round(BAND * height);
  const left = Math.max(0, column - band);
  const size = Math.min(width - 1, column + band) - left + 1;
  const from = new Int8Array(size * height);
  // A place on either side that no seam comes from.
  let prices = new Float32Array(size + 2).fill(Infinity);
  let next = prices.slice();
  prices.fill(0, 1, size + 1);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < size; i++) {
      let best = prices[i + 1]!;
      if (y > 0) {
        const fromLeft = prices[i]! + STEP;
        const fromRight = prices[i + 2]! + STEP;
        if (fromLeft < best) {
          best = fromLeft;
          from[y * size + i] = -1;
        }
        if (fromRight < best) {
          best = fromRight;
          from[y * size + i] = 1;
        }
      }
      next[i + 1] = best + cells[y * width + left + i]! +
        OFF * Math.abs(left + i - column);
    }
    [prices, next] = [next, prices];
  }
  let at = 0;
  for (let i = 1; i < size; i++) {
    if (prices[i + 1]! < prices[at + 1]!) at = i;
  }
  const price = prices[at + 1]!;
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
