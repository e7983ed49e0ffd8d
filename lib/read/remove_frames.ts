/**
 * Takes frames around digits out of the ink.
 *
 * Of a frame, all goes that is outermost in its row or column and no wider
 * than its pen, and what then remains of the lines between its fields. What
 * else remains are digits that touch it.
 *
 * @module
 */

import {
  type Component,
  findComponents,
  type GrayImage,
  histogram,
  median,
  threshold,
} from "../image/mod.ts";
import { LEAST_DIGIT } from "./_digit_size.ts";
import { findFrames, type Frame } from "./find_frames.ts";
import { inkLevels } from "./ink_levels.ts";

/** A faint frame's level, in parts of the way from noise to clear ink. */
const FAINT = 0.3;

/** Widest run across a frame's line, in widths of its pen. */
const MOST_RUN = 2.5;

/** Part of a frame's side that a line has which goes from end to end. */
const WHOLE = 0.7;

/** Breadth of such a line by its length, at most. */
const MOST_BREADTH = 0.3;

/** Pixels around a frame that still show its soft edge. */
const EDGE = 2;

/**
 * @param ink 0 is paper.
 * @param whole Ink in which frames are looked for: the same, or what it was
 *   before lines were removed, as those may be the sides of frames.
 * @returns A new picture, or `ink` itself where there is no frame.
 */
export function removeFrames(ink: GrayImage, whole: GrayImage): GrayImage {
  const { noise, clear } = inkLevels(whole);
  const faint = noise + Math.round(FAINT * (clear - noise));
  const erased = new Uint8Array(ink.data.length);
  let isErased = false;
  for (const level of [faint, clear]) {
    const mask = threshold(whole, level);
    for (const frame of findFrames(findComponents(mask))) {
      eraseFrame(frame, mask, erased);
      isErased = true;
    }
  }
  if (!isErased) return ink;
  const paper = median(histogram(ink));
  const data = ink.data.slice();
  erased.forEach((isFrame, i) => {
    if (isFrame) data[i] = Math.min(paper, data[i]!);
  });
  return { ...ink, data };
}

/** Marks the pixels of a frame, and of its soft edge. */
function eraseFrame(
  frame: Frame,
  mask: GrayImage,
  erased: Uint8Array,
): void {
  const { component } = frame;
  const { x, y, width } = component;
  const own = ownPixels(component);
  peel(own, frame);
  for (const rest of findComponents(remaining(own))) {
    if (!isDigit(rest, frame)) markRuns(own, rest.runs);
  }
  for (let at = 0; at < own.data.length; at++) {
    if (own.data[at] !== PEELED) continue;
    const row = y + Math.floor(at / width);
    const column = x + at % width;
    const bottom = Math.min(mask.height - 1, row + EDGE);
    const right = Math.min(mask.width - 1, column + EDGE);
    for (let r = Math.max(0, row - EDGE); r <= bottom; r++) {
      for (let c = Math.max(0, column - EDGE); c <= right; c++) {
        const i = r * mask.width + c;
        if (mask.data[i] === 0) erased[i] = 1;
      }
    }
    erased[row * mask.width + column] = 1;
  }
}

/** Marks of a component's pixels within its bounding box. */
const OWN = 1;
const PEELED = 2;

function ownPixels({ x, y, width, height, runs }: Component): GrayImage {
  const data = new Uint8Array(width * height);
  for (let run = 0; run < runs.length; run += 3) {
    const row = (runs[run]! - y) * width - x;
    data.fill(OWN, row + runs[run + 1]!, row + runs[run + 2]!);
  }
  return { width, height, data };
}

/** Marks the outermost runs along the sides that are closed. */
function peel(own: GrayImage, { sides }: Frame): void {
  const { width, height, data } = own;
  const rows = Array.from(
    { length: height },
    (_, y) => outerRuns(data, y * width, 1, width),
  );
  const columns = Array.from(
    { length: width },
    (_, x) => outerRuns(data, x, width, height),
  );
  const lengths = [...rows, ...columns].map(([first]) => first.length)
    .filter((length) => length > 0).sort((a, b) => a - b);
  const most = MOST_RUN * lengths[lengths.length >> 1]!;
  const mark = ({ from, length }: Run, step: number, side: number) => {
    if (length > most && length < WHOLE * side) return;
    for (let i = 0; i < length; i++) data[from + i * step] = PEELED;
  };
  for (const [first, last] of rows) {
    if (sides.left) mark(first, 1, width);
    if (sides.right) mark(last, 1, width);
  }
  for (const [first, last] of columns) {
    if (sides.top) mark(first, width, height);
    if (sides.bottom) mark(last, width, height);
  }
}

/** Pixels in a row or column. */
interface Run {
  /** Index of the first. */
  from: number;
  length: number;
}

/** The first and the last run of a row or column; of length 0 where none is. */
function outerRuns(
  data: Uint8Array,
  from: number,
  step: number,
  count: number,
): [first: Run, last: Run] {
  const at = (i: number) => data[from + i * step]! > 0;
  let start = 0;
  while (start < count && !at(start)) start++;
  let end = start;
  while (end < count && at(end)) end++;
  let stop = count;
  while (stop > end && !at(stop - 1)) stop--;
  let begin = stop;
  while (begin > end && at(begin - 1)) begin--;
  const first = { from: from + start * step, length: end - start };
  if (begin === stop) return [first, first];
  return [first, { from: from + begin * step, length: stop - begin }];
}

/** The component's pixels that are not peeled. */
function remaining({ width, height, data }: GrayImage): GrayImage {
  return { width, height, data: data.map((mark) => mark === OWN ? 1 : 0) };
}

function markRuns({ width, data }: GrayImage, runs: number[]): void {
  for (let run = 0; run < runs.length; run += 3) {
    const row = runs[run]! * width;
    data.fill(PEELED, row + runs[run + 1]!, row + runs[run + 2]!);
  }
}

/** Whether what remains of a frame is no line of it, but as large as a digit. */
function isDigit(
  { width, height }: Component,
  { component, typical }: Frame,
): boolean {
  if (Math.max(width, height) < LEAST_DIGIT * typical) return false;
  const isUpright = height >= WHOLE * component.height &&
    width <= MOST_BREADTH * height;
  const isLevel = width >= WHOLE * component.width &&
    height <= MOST_BREADTH * width;
  return !isUpright && !isLevel;
}
