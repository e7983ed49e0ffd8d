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
import { median } from "./median.ts";

/** A line that runs down a picture. */
export interface Rule {
  /** Its first row. */
  top: number;
  /** The column of its middle, for each row from `top` on. */
  columns: Float32Array;
  /** Columns from its middle to the paper beside it. */
  reach: number;
}

/** Columns a row that a line may move: tan 12°. */
const SLOPE = 0.2126;

/** Rows of a band, as a part of the picture's longer side; bands of a low one. */
const BAND = 1 / 24;
const BANDS = 10;

/**
 * Columns from a line's middle to what it must be higher than, as such a part;
 * the line itself, where it is blurred, is up to so many times as wide.
 */
const REACH = 1 / 128;
const LEAST_REACH = 5;
const WIDER = 2;

/** Part of a line's height that is still line at its sides. */
const FOOT = 1 / 8;

/** Part of `level` that a segment, and a whole line, has on average. */
const SEGMENT = 0.2;
const LINE = 0.25;

/** Rows that are looked at together where a line may end or be broken. */
const STEP = 8;

/** Rows at a line's end that tell where it goes on. */
const SPAN = 128;

/** How far a line goes on behind strokes, in reaches. */
const MOST_HIDDEN = 24;

/** Least part of a line, where no stroke hides it, that is there. */
const UNBROKEN = 0.85;

/** Bands that a line may be hidden in, by strokes, before it goes on. */
const HIDDEN = 4;

/** Least part of a segment's rows where no stroke lies beside it. */
const FREE = 1 / 4;

/** Part of a line's height over which what lies beside it is a stroke. */
const SIDE = 3 / 4;

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
  const reach = Math.max(
    LEAST_REACH,
    Math.round(Math.max(width, height) * REACH),
  );
  if (bands < LEAST_BANDS || width <= 2 * reach) return [];

  const ridges = findRidges(ink, level, reach);
  const segments = Array.from({ length: bands }, (_, band) => {
    const top = band * rows;
    const sums = segmentSums(ridges, width, top, rows, SLOPE);
    return findSegments(sums, SEGMENT * level * rows, reach)
      .map((each) => centered(each, { top, rows, reach }, ink, paper, level))
      .filter((each) => each !== null);
  });
  return joinSegments(segments, rows)
    .filter(({ length, score }) =>
      length >= LEAST_BANDS && score >= LINE * level * rows * length
    )
    .map(({ band, segments }) =>
      ruleThrough(segments, band * rows, rows, reach)
    )
    .map((rule) => extendRule(rule, ridges, ink, paper, level))
    .filter((rule) => isUnbroken(ink, rule, paper))
    .toSorted((a, b) => b.columns.length - a.columns.length)
    .filter((rule, i, all) =>
      !all.slice(0, i).some((one) => isPiece(rule, one))
    )
    .map((rule) => ({ ...rule, reach: measureReach(ink, rule) }));
}

function bandRows({ width, height }: GrayImage): number {
  const wanted = Math.min(Math.max(width, height) * BAND, height / BANDS);
  return 2 ** Math.max(4, Math.min(7, Math.round(Math.log2(wanted))));
}

/**
 * By how much a pixel is higher than both neighbors, within ±`level`; a row goes
 * on beyond its ends as it is there.
 */
function findRidges(
  { width, height, data }: GrayImage,
  level: number,
  reach: number,
): Int8Array {
  const ridges = new Int8Array(data.length);
  const padded = new Uint8Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    padded.fill(row[0]!, 0, reach);
    padded.set(row, reach);
    padded.fill(row[width - 1]!, reach + width);
    for (let x = 0, to = y * width; x < width; x++, to++) {
      const left = padded[x]!;
      const right = padded[x + 2 * reach]!;
      const ridge = padded[x + reach]! - (left > right ? left : right);
      ridges[to] = ridge > level ? level : ridge < -level ? -level : ridge;
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
 * stroke lies beside it; null where there are too few.
 */
function centered(
  segment: Segment,
  { top, rows, reach }: { top: number; rows: number; reach: number },
  { width, data }: GrayImage,
  paper: number,
  level: number,
): Segment | null {
  const sums = new Int32Array(2 * reach + 1);
  let free = 0;
  for (let row = 0; row < rows; row++) {
    const x = segment.start + (segment.end - segment.start) * row / rows;
    const from = Math.round(x) - reach;
    const inkAt = (i: number) => {
      const column = Math.max(0, Math.min(width - 1, from + i));
      return data[(top + row) * width + column]!;
    };
    const most = paper + Math.max(level, SIDE * (inkAt(reach) - paper));
    if (inkAt(0) > most || inkAt(2 * reach) > most) continue;
    free++;
    for (let i = 0; i < sums.length; i++) sums[i]! += inkAt(i);
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
  const bend = Math.max(MISS, BEND * rows);
  let least = MISS * (hidden + 1);
  for (const segment of free) {
    if (Math.abs(segment.end - segment.start - slope) > bend) continue;
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
  reach: number,
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
  return { top, columns, reach };
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

/** Goes on at both ends as long as the line does, also behind strokes. */
function extendRule(
  { top, columns, reach }: Rule,
  ridges: Int8Array,
  ink: GrayImage,
  paper: number,
  level: number,
): Rule {
  const last = columns.length - 1;
  const span = Math.min(last, SPAN);
  const upward = (columns[0]! - columns[span]!) / span;
  const downward = (columns[last]! - columns[last - span]!) / span;
  const extend = (row: number, step: number, column: number, slope: number) =>
    extension({ row, step, column, slope }, ridges, ink, {
      reach,
      dark: paper + level,
      least: LINE * level,
    });
  const above = extend(top - 1, -1, columns[0]! + upward, upward).reverse();
  const below = extend(
    top + last + 1,
    1,
    columns[last]! + downward,
    downward,
  );
  const whole = Float32Array.from([...above, ...columns, ...below]);
  return { top: top - above.length, columns: whole, reach };
}

/** Where a line goes on: from a row, up or down, at so many columns a row. */
interface Way {
  row: number;
  step: number;
  column: number;
  slope: number;
}

/** The columns of the rows that a line goes on for. */
function extension(
  { row, step, column, slope }: Way,
  ridges: Int8Array,
  { width, height, data }: GrayImage,
  { reach, dark, least }: { reach: number; dark: number; least: number },
): number[] {
  const added: number[] = [];
  const end = step < 0 ? -1 : height;
  let length = 0;
  while (row !== end) {
    const count = Math.min(STEP, Math.abs(end - row));
    const hidden = added.length - length;
    // The longer it was hidden, the less sure it is where it comes out.
    const off = 1 + Math.floor(hidden / SPAN * reach);
    const sums = new Int32Array(2 * off + 1);
    let open = 0;
    for (let i = 0; i < count; i++) {
      const x = Math.round(column + i * slope);
      const at = (row + i * step) * width + x;
      if (x < off || x >= width - off) return added.slice(0, length);
      const left = data[at - Math.min(x, reach)]!;
      const right = data[at + Math.min(width - 1 - x, reach)]!;
      if (Math.max(left, right) > dark && ridges[at]! < least) continue;
      open++;
      for (let j = -off; j <= off; j++) sums[off + j]! += ridges[at + j]!;
    }
    const isHidden = 2 * open < count;
    const best = sums.indexOf(Math.max(...sums));
    if (!isHidden && sums[best]! < least * open) break;
    if (isHidden && hidden > MOST_HIDDEN * reach) break;
    if (!isHidden && sums[best]! > sums[off]!) column += (best - off) / 2;
    for (let i = 0; i < count; i++) added.push(column + i * slope);
    if (!isHidden) length = added.length;
    row += count * step;
    column += count * slope;
  }
  // Behind the last strokes before the border it needs not be seen again.
  return row === end ? added : added.slice(0, length);
}

/** Whether a line, and no row of strokes, goes through. */
function isUnbroken(
  { width, data }: GrayImage,
  { top, columns, reach }: Rule,
  paper: number,
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
    if (sides[i]! > SIDE * level) return;
    if (middle > level / 2) there++;
    else broken++;
  });
  return there >= UNBROKEN * (there + broken);
}

/** Whether a line is a piece of another one, found twice. */
function isPiece(piece: Rule, whole: Rule): boolean {
  const middle = piece.columns.length >> 1;
  const column = whole.columns[piece.top + middle - whole.top];
  return column !== undefined &&
    Math.abs(column - piece.columns[middle]!) < piece.reach / 2;
}

/** Columns from a line's middle to where its median is that of the paper. */
function measureReach(
  { width, data }: GrayImage,
  { top, columns, reach }: Rule,
): number {
  const most = WIDER * reach;
  const across = 2 * most + 1;
  const profile = Array.from({ length: across }, (_, i) => {
    const counts = new Uint32Array(256);
    columns.forEach((column, row) => {
      const x = Math.round(column) + i - most;
      if (x >= 0 && x < width) counts[data[(top + row) * width + x]!]!++;
    });
    return median(counts);
  });
  const middle = Math.max(...profile.slice(most - 1, most + 2));
  const paper = Math.min(...profile);
  const foot = paper + Math.max(2, FOOT * (middle - paper));
  let own = 2;
  while (
    own < most && (profile[most - own]! > foot || profile[most + own]! > foot)
  ) own++;
  return Math.min(most, own + 1);
}
