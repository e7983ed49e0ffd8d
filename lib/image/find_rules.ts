/**
 * Finds ruled lines: long, thin, straight or slightly bent.
 *
 * What is thin is higher than its neighbors on both sides. Along a line this
 * holds for nearly every row, so its sum over a straight segment stands out
 * even where the line is fainter than the noise of a pixel, and pen strokes,
 * whose share is limited, do not. Segments that continue one another from one
 * band of rows to the next make a line.
 *
 * @module
 */

import { type SegmentSums, segmentSums } from "./_segment_sums.ts";
import type { GrayImage } from "./gray_image.ts";

/** A line that runs down a picture. */
export interface Rule {
  /** Its first row. */
  top: number;
  /** The column of its middle, for each row from `top` on. */
  columns: Float32Array;
}

/** Columns a row that a line may move: tan 12°. */
const SLOPE = 0.2126;

/** Rows of a band, as a part of the picture's longer side. */
const BAND = 1 / 24;

/** Greatest distance of a line's middle from its outside, as such a part. */
const REACH = 1 / 200;

/** Part of `level` that a segment, and a whole line, has on average. */
const SEGMENT = 0.2;
const LINE = 0.25;

/** Rows that are looked at together where a line may end or be broken. */
const STEP = 8;

/** Least part of a line, where no stroke hides it, that is there. */
const UNBROKEN = 0.85;

/** Bands that a line may be hidden in, by strokes, before it goes on. */
const HIDDEN = 4;

/** Least part of a segment's rows where no stroke lies beside it. */
const FREE = 1 / 4;

/** Bands that tell where a line leads. */
const MEMORY = 4;

/** Columns that a segment may be off the end of the one above. */
const MISS = 2.5;

/** Columns a row by which the slopes of neighboring segments differ at most. */
const BEND = 0.05;

/** Least number of bands that a line runs through. */
const LEAST_BANDS = 4;

/** A straight piece of a line, in one band. */
interface Segment {
  /** Column in the band's first row, and in the row after its last. */
  start: number;
  end: number;
  score: number;
}

/** Distance in pixels from a line's middle that is outside of it. */
export function ruleReach({ width, height }: GrayImage): number {
  return Math.max(3, Math.round(Math.max(width, height) * REACH));
}

/**
 * Finds the lines that run down a picture, within 12° of its columns. Those
 * that run across it are found on the transposed picture.
 *
 * @param ink 0 is paper.
 * @param paper Ink of the paper.
 * @param level Ink over that of the paper that is more than noise, 1…127:
 *   fainter lines count for less.
 */
export function findRules(
  ink: GrayImage,
  paper: number,
  level: number,
): Rule[] {
  const { width, height } = ink;
  const rows = bandRows(ink);
  const bands = Math.floor(height / rows);
  const reach = ruleReach(ink);
  if (bands < LEAST_BANDS || width <= 2 * reach) return [];

  const ridges = findRidges(ink, level, reach);
  const segments = Array.from({ length: bands }, (_, band) => {
    const top = band * rows;
    const sums = segmentSums(ridges, width, top, rows, SLOPE);
    return findSegments(sums, SEGMENT * level * rows, reach)
      .map((each) => centered(each, { top, rows, reach }, ink, paper + level))
      .filter((each) => each !== null);
  });
  return joinSegments(segments, rows)
    .filter(({ length, score }) =>
      length >= LEAST_BANDS && score >= LINE * level * rows * length
    )
    .map(({ band, segments }) => ruleThrough(segments, band * rows, rows))
    .map((rule) => extendRule(rule, ridges, ink, level))
    .filter((rule) => isUnbroken(ink, rule, paper, reach));
}

function bandRows({ width, height }: GrayImage): number {
  const wanted = Math.max(width, height) * BAND;
  return 2 ** Math.max(4, Math.min(7, Math.round(Math.log2(wanted))));
}

/** By how much a pixel is higher than both neighbors, within ±`level`. */
function findRidges(
  { width, height, data }: GrayImage,
  level: number,
  reach: number,
): Int8Array {
  const ridges = new Int8Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let i = row + reach; i < row + width - reach; i++) {
      const left = data[i - reach]!;
      const right = data[i + reach]!;
      const ridge = data[i]! - (left > right ? left : right);
      ridges[i] = ridge > level ? level : ridge < -level ? -level : ridge;
    }
  }
  return ridges;
}

/** The segments of a band that are better than all others near them. */
function findSegments(
  { most, width, sums }: SegmentSums,
  least: number,
  reach: number,
): Segment[] {
  const scores = new Int16Array(width);
  const firsts = new Int8Array(width);
  const lasts = new Int8Array(width);
  for (let move = -most; move <= most; move++) {
    const from = (move + most) * width;
    const half = move >> 1;
    const start = Math.max(0, -half);
    const end = Math.min(width, width - half);
    for (let x = start; x < end; x++) {
      const score = sums[from + x]!;
      if (score > scores[x + half]!) {
        scores[x + half] = score;
        firsts[x + half] = move;
      }
      if (score === scores[x + half]!) lasts[x + half] = move;
    }
  }
  const segments: Segment[] = [];
  for (let x = 0; x < width; x++) {
    if (scores[x]! < least || !isPeak(scores, x, 2 * reach)) continue;
    // A line of some width has several that are as good: the middle one.
    const half = (firsts[x]! + lasts[x]!) / 4;
    segments.push({ start: x - half, end: x + half, score: scores[x]! });
  }
  return segments;
}

/**
 * Moves a segment to the middle of the line, as it is in those rows where no
 * stroke lies beside it, none that has more than `most` ink; null where there
 * are too few.
 */
function centered(
  segment: Segment,
  { top, rows, reach }: { top: number; rows: number; reach: number },
  { width, data }: GrayImage,
  most: number,
): Segment | null {
  const sums = new Int32Array(2 * reach + 1);
  let free = 0;
  for (let row = 0; row < rows; row++) {
    const x = segment.start + (segment.end - segment.start) * row / rows;
    const from = (top + row) * width + Math.round(x) - reach;
    if (data[from]! > most || data[from + 2 * reach]! > most) continue;
    free++;
    for (let i = 0; i < sums.length; i++) sums[i]! += data[from + i]!;
  }
  if (free < FREE * rows) return null;
  const least = (Math.min(...sums) + Math.max(...sums)) / 2;
  let weight = 0;
  let moment = 0;
  sums.forEach((sum, i) => {
    if (sum <= least) return;
    weight += sum - least;
    moment += (sum - least) * (i - reach);
  });
  const move = weight > 0 ? moment / weight : 0;
  const { start, end, score } = segment;
  return { start: start + move, end: end + move, score };
}

/** Whether none near is higher, and none of those before it as high. */
function isPeak(scores: Int16Array, x: number, reach: number): boolean {
  for (let off = 1; off <= reach; off++) {
    if ((scores[x - off] ?? 0) >= scores[x]!) return false;
    if ((scores[x + off] ?? 0) > scores[x]!) return false;
  }
  return true;
}

/** Segments that continue one another. */
interface Chain {
  /** Of the first segment. */
  band: number;
  /** Null where the line is hidden. */
  segments: (Segment | null)[];
  last: Segment;
  score: number;
  /** Bands up to the last segment. */
  length: number;
}

function joinSegments(bands: Segment[][], rows: number): Chain[] {
  const chains: Chain[] = [];
  let open: Chain[] = [];
  bands.forEach((segments, band) => {
    const free = new Set(segments);
    open.sort((a, b) => b.score - a.score);
    for (const chain of open) {
      const next = continuation(chain, free, rows);
      chain.segments.push(next);
      if (next === null) continue;
      free.delete(next);
      chain.score += next.score;
      chain.last = next;
      chain.length = chain.segments.length;
    }
    open = open.filter(({ segments, length }) =>
      segments.length - length <= HIDDEN
    );
    for (const segment of free) {
      const { score } = segment;
      const segments = [segment];
      const chain = { band, segments, last: segment, score, length: 1 };
      chains.push(chain);
      open.push(chain);
    }
  });
  return chains;
}

/** The segment that lies nearest to where a chain leads. */
function continuation(
  { last, segments, length }: Chain,
  free: Set<Segment>,
  rows: number,
): Segment | null {
  // Over some bands, as one that a stroke lies beside leads astray.
  const back = Math.max(0, length - MEMORY);
  const before = segments[back] ?? last;
  const bands = length - 1 - back;
  const slope = before === last
    ? last.end - last.start
    : (last.end - before.end) / bands;
  const hidden = segments.length - length;
  let nearest: Segment | null = null;
  let least = MISS * (hidden + 1);
  for (const segment of free) {
    if (Math.abs(segment.end - segment.start - slope) > BEND * rows) continue;
    const miss = Math.abs(segment.start - last.end - hidden * slope);
    if (miss > least) continue;
    least = miss;
    nearest = segment;
  }
  return nearest;
}

/** Straight from the middle of each segment to that of the next. */
function ruleThrough(
  segments: (Segment | null)[],
  top: number,
  rows: number,
): Rule {
  const found = segments.flatMap((segment, i): Knot[] =>
    segment === null
      ? []
      : [{ row: (i + 0.5) * rows, column: (segment.start + segment.end) / 2 }]
  );
  const knots = found.map((_, i) => smoothed(found, i));
  const length = knots.at(-1)!.row + rows / 2;
  const columns = new Float32Array(length);
  let next = 1;
  for (let row = 0; row < length; row++) {
    while (next < knots.length - 1 && knots[next]!.row < row) next++;
    columns[row] = columnAt(knots[next - 1]!, knots[next]!, row + 0.5);
  }
  return { top, columns };
}

/** A point of a line; rows count from the line's top. */
interface Knot {
  row: number;
  column: number;
}

/**
 * A knot where most of what leads to it has it: itself, and the straight lines
 * through two of its neighbors. So one that a stroke has drawn aside comes back.
 */
function smoothed(knots: Knot[], index: number): Knot {
  const { row, column } = knots[index]!;
  const columns = [column];
  for (const [a, b] of [[-1, 1], [-2, -1], [1, 2], [-2, 2]] as const) {
    const from = knots[index + a];
    const to = knots[index + b];
    if (from && to) columns.push(columnAt(from, to, row));
  }
  columns.sort((a, b) => a - b);
  const middle = columns.length >> 1;
  const median = columns.length % 2 === 1
    ? columns[middle]!
    : (columns[middle - 1]! + columns[middle]!) / 2;
  return { row, column: median };
}

function columnAt(a: Knot, b: Knot, row: number): number {
  return a.column + (row - a.row) / (b.row - a.row) * (b.column - a.column);
}

/** Goes on at both ends as long as the line does. */
function extendRule(
  { top, columns }: Rule,
  ridges: Int8Array,
  { width, height }: GrayImage,
  level: number,
): Rule {
  const extend = (row: number, column: number, slope: number, step: number) => {
    const added: number[] = [];
    const end = step < 0 ? -1 : height;
    while (row !== end) {
      const count = Math.min(STEP, Math.abs(end - row));
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const x = Math.round(column + i * slope);
        const at = (row + i * step) * width + x;
        if (x < 1 || x >= width - 1) return added;
        sum += Math.max(ridges[at - 1]!, ridges[at]!, ridges[at + 1]!);
      }
      if (sum < LINE * level * count) return added;
      for (let i = 0; i < count; i++) added.push(column + i * slope);
      row += count * step;
      column += count * slope;
    }
    return added;
  };
  const last = columns.length - 1;
  const span = Math.min(last, 4 * STEP);
  const first = columns[0]!;
  const upward = (first - columns[span]!) / span;
  const downward = (columns[last]! - columns[last - span]!) / span;
  const above = extend(top - 1, first + upward, upward, -1).reverse();
  const below = extend(
    top + last + 1,
    columns[last]! + downward,
    downward,
    1,
  );
  const whole = Float32Array.from([...above, ...columns, ...below]);
  return { top: top - above.length, columns: whole };
}

/** Whether a line, and no row of strokes, goes through. */
function isUnbroken(
  { width, data }: GrayImage,
  { top, columns }: Rule,
  paper: number,
  reach: number,
): boolean {
  const middles: number[] = [];
  const sides: number[] = [];
  for (let first = 0; first + STEP <= columns.length; first += STEP) {
    let middle = 0;
    let left = 0;
    let right = 0;
    for (let row = first; row < first + STEP; row++) {
      const x = Math.round(columns[row]!);
      const at = (top + row) * width;
      middle += Math.max(data[at + x - 1]!, data[at + x]!, data[at + x + 1]!);
      left += data[at + Math.max(0, x - reach)]!;
      right += data[at + Math.min(width - 1, x + reach)]!;
    }
    middles.push(middle - STEP * paper);
    sides.push(Math.max(left, right) - STEP * paper);
  }
  const level = middles.toSorted((a, b) => a - b)[middles.length >> 1]!;
  let there = 0;
  let broken = 0;
  middles.forEach((middle, i) => {
    if (sides[i]! > level / 2) return;
    if (middle > level / 2) there++;
    else broken++;
  });
  return there >= UNBROKEN * (there + broken);
}
