/**
 * Takes away what a page lies on.
 *
 * A page is the largest light part of the picture, once the writing on it is
 * filled, where it is as large as its own convex hull, clearly lighter than
 * what is around it, apart from most of the picture's border, and written on:
 * else a white digit on a black ground would be one. A shadow leaves too much
 * of the border light, or is not dark enough.
 *
 * @module
 */

import { close } from "./close.ts";
import { erode } from "./dilate.ts";
import { type Component, findComponents } from "./find_components.ts";
import type { GrayImage } from "./gray_image.ts";
import { histogram } from "./histogram.ts";
import { otsu } from "./otsu.ts";
import { resize } from "./resize.ts";
import { threshold } from "./threshold.ts";

/** Pixels of the copy that the page is found on. */
const COPY_AREA = 40_000;

/** Widest stroke that is filled, as a part of the copy's shorter side. */
const STROKE = 1 / 12;

/** Brightest desk, as a part of the page's brightness. */
const DESK = 0.6;

/** Least page, as a part of the picture. */
const LEAST_PAGE = 0.15;

/** Greatest part of the picture's border that a page lies on. */
const MOST_BORDER = 0.6;

/** Least page, as a part of its convex hull. */
const CONVEX = 0.85;

/** Ink and how much of the page has it at least, where it is written on. */
const INK = 0.15;
const WRITING = 5e-4;

/** Pixels of the copy that a page's edge and its shadow take. */
const EDGE = 2;

/** First and last column of a row, or none where `first` is greater. */
interface Span {
  first: number;
  last: number;
}

/**
 * Replaces all around a page by paper, as it is at the page's nearest edge.
 *
 * @param gray Brightness.
 * @returns A new picture, or `gray` itself where no page is found.
 */
export function clearDesk(gray: GrayImage): GrayImage {
  const scale = Math.min(1, Math.sqrt(COPY_AREA / (gray.width * gray.height)));
  const width = Math.max(1, Math.round(gray.width * scale));
  const height = Math.max(1, Math.round(gray.height * scale));
  const copy = resize(gray, width, height);
  const stroke = 2 * Math.round(Math.min(width, height) * STROKE / 2) + 1;
  const filled = close(copy, stroke);
  const page = findPage(filled);
  if (page === null || !isWritten(copy, filled, page)) return gray;

  const paper = extendPaper(filled, page);
  const inside = resize(page, gray.width, gray.height).data;
  const around = resize(paper, gray.width, gray.height).data;
  const data = gray.data.map((value, i) =>
    inside[i]! > 127 ? value : around[i]!
  );
  return { width: gray.width, height: gray.height, data };
}

/** 255 on the page, without its edge, and 0 elsewhere; null for no page. */
function findPage(filled: GrayImage): GrayImage | null {
  const { width, height } = filled;
  const counts = histogram(filled);
  const level = otsu(counts);
  if (meanOf(counts, 0, level) > DESK * meanOf(counts, level, 256)) return null;

  const light = threshold(filled, level);
  const page = findComponents(light).reduce<Component | null>(
    (most, each) => most === null || each.area > most.area ? each : most,
    null,
  );
  if (page === null || page.area < LEAST_PAGE * width * height) return null;

  const spans = hullSpans(page, height);
  const hull = spans.reduce(
    (sum, { first, last }) => sum + Math.max(0, last - first + 1),
    0,
  );
  if (page.area < CONVEX * hull || borderShare(page, filled) > MOST_BORDER) {
    return null;
  }

  const mask = { width, height, data: new Uint8Array(width * height) };
  spans.forEach(({ first, last }, y) => {
    if (first <= last) {
      mask.data.fill(255, y * width + first, y * width + last + 1);
    }
  });
  clearIntruders(mask, light);
  return shrink(mask);
}

function meanOf(counts: Uint32Array, from: number, to: number): number {
  let count = 0;
  let sum = 0;
  for (let value = from; value < to; value++) {
    count += counts[value]!;
    sum += value * counts[value]!;
  }
  return sum / count;
}

/** For each row of the picture, what of it the convex hull covers. */
function hullSpans({ y: top, height, runs }: Component, rows: number): Span[] {
  const spans = Array.from({ length: rows }, (): Span => ({
    first: Infinity,
    last: -1,
  }));
  for (let run = 0; run < runs.length; run += 3) {
    const span = spans[runs[run]!]!;
    span.first = Math.min(span.first, runs[run + 1]!);
    span.last = Math.max(span.last, runs[run + 2]! - 1);
  }
  const sides = (["first", "last"] as const).map((side) => {
    const sign = side === "first" ? 1 : -1;
    const corners: number[] = [];
    const turn = (a: number, b: number, c: number) =>
      (spans[b]![side] - spans[a]![side]) * (c - a) -
      (spans[c]![side] - spans[a]![side]) * (b - a);
    for (let row = top; row < top + height; row++) {
      while (
        corners.length > 1 &&
        sign * turn(corners.at(-2)!, corners.at(-1)!, row) >= 0
      ) corners.pop();
      corners.push(row);
    }
    return { side, corners };
  });
  for (const { side, corners } of sides) {
    for (let i = 1; i < corners.length; i++) {
      const [a, b] = [corners[i - 1]!, corners[i]!];
      const from = spans[a]![side];
      const to = spans[b]![side];
      for (let row = a + 1; row < b; row++) {
        spans[row]![side] = Math.round(
          from + (to - from) * (row - a) / (b - a),
        );
      }
    }
  }
  return spans;
}

function borderShare(page: Component, { width, height }: GrayImage): number {
  const { runs } = page;
  let on = 0;
  for (let run = 0; run < runs.length; run += 3) {
    const [y, start, end] = [runs[run]!, runs[run + 1]!, runs[run + 2]!];
    if (y === 0 || y === height - 1) on += end - start;
    else on += Number(start === 0) + Number(end === width);
  }
  return on / (2 * (width + height) - 4);
}

/** Takes what is dark and reaches out of the page off its mask, in place. */
function clearIntruders(mask: GrayImage, light: GrayImage): void {
  const { width, data } = mask;
  const dark = { ...light, data: light.data.map((value) => 1 - value) };
  for (const { runs } of findComponents(dark)) {
    let isOutside = false;
    const each = (visit: (at: number) => void) => {
      for (let run = 0; run < runs.length; run += 3) {
        const row = runs[run]! * width;
        for (let x = runs[run + 1]!; x < runs[run + 2]!; x++) visit(row + x);
      }
    };
    each((at) => isOutside ||= data[at] === 0);
    if (isOutside) each((at) => data[at] = 0);
  }
}

/** Without its edge. */
function shrink(mask: GrayImage): GrayImage {
  return erode(mask, 2 * EDGE + 1);
}

function isWritten(
  copy: GrayImage,
  filled: GrayImage,
  page: GrayImage,
): boolean {
  let area = 0;
  let ink = 0;
  page.data.forEach((inside, i) => {
    if (inside === 0) return;
    area++;
    if (copy.data[i]! < (1 - INK) * filled.data[i]!) ink++;
  });
  return ink > 0 && ink >= WRITING * area;
}

/** The page's own values, and around it those of its nearest pixel. */
function extendPaper(filled: GrayImage, page: GrayImage): GrayImage {
  const { width, height } = filled;
  const data = filled.data.slice();
  const rows: number[] = [];
  for (let y = 0; y < height; y++) {
    const row = page.data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(255);
    if (first === -1) continue;
    rows.push(y);
    let value = data[y * width + first]!;
    for (let x = 0; x < width; x++) {
      if (row[x] === 255) value = data[y * width + x]!;
      else data[y * width + x] = value;
    }
  }
  for (let y = 0; y < height; y++) {
    const nearest = Math.max(rows[0]!, Math.min(rows.at(-1)!, y));
    if (nearest === y) continue;
    data.copyWithin(y * width, nearest * width, (nearest + 1) * width);
  }
  return { width, height, data };
}
