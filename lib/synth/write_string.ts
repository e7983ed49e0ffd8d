/**
 * Writes a number on one row, with one pen, its digits apart or touching.
 *
 * @module
 */

import { type Digits, IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import type { Random } from "../random/mod.ts";
import { changePen, PEN_FALL } from "./change_pen.ts";
import type { Ink } from "./ink.ts";
import { writeDigit } from "./write_digit.ts";

/** How a number is written; lengths in pixels. */
export interface StringHand {
  /** How many digits it has, 1 or more. */
  length: number;
  /** Of a tall digit. */
  digitHeight: number;
  /** Of the stroke. */
  penWidth: number;
  /**
   * Gray level of MNIST, 0…1, at which its strokes end, to keep them about as
   * they are: ten times as fast as giving them the width of the pen.
   */
  ownEdge?: number;
  /** Pixels to the right for each pixel up. */
  slant: number;
  /** Pixels that the row falls for each pixel to the right. */
  tilt: number;
  /** Paper between neighbors where they are nearest, 3 or more. */
  gap: number;
  /** Whether at least one pair of neighbors touches. */
  touching: boolean;
}

/** A number as it was written. */
export interface WrittenString {
  text: string;
  /** The ink, cut to where there is some. */
  ink: Ink;
  /** On which row of `ink` the first digit stands. */
  baseline: number;
  /** For each pair of neighbors, whether their ink hangs together. */
  joints: boolean[];
  /** Each digit's own ink, and where its upper left corner lies on `ink`. */
  digits: { ink: Ink; x: number; y: number }[];
}

/** A digit's ink alone; its edges, a row each, are those of what is covered. */
interface Glyph {
  ink: Ink;
  /** First column with ink of each row; `Infinity` where there is none. */
  left: number[];
  /** Last column with ink of each row; `-Infinity` where there is none. */
  right: number[];
  /** Columns of ink, over all rows. */
  box: { left: number; right: number };
}

/** A glyph and where its top left corner comes to stand. */
interface Placed {
  glyph: Glyph;
  x: number;
  y: number;
}

/** MNIST fits digits of any aspect into this many of their 28 pixels. */
const DIGIT_SIDE = 20;
/** How many pairs touch besides the first, where pairs touch. */
const MORE_JOINTS = 0.25;
/** Part of a digit's height by which a neighbor may reach over or under it. */
const MOST_NESTING = 0.25; // where they touch
const MOST_KERNING = 0.1;

/**
 * Writes digits drawn at random, each where its neighbor's ink lets it.
 *
 * Digits that touch are pushed together until they overlap by a pixel or two
 * on the row where they meet first. Where that would slide one of them under
 * the other, the next pair is taken.
 *
 * @param digits At least one. One without ink at the edge of its strokes is
 *   left out where it is drawn.
 *
 * @example A bar beside a bar
 * ```ts
 * import { writeString } from "./write_string.ts";
 * import { createRandom } from "../random/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = Uint8Array.from(
 *   { length: 784 },
 *   (_, i) => i % 28 > 11 && i % 28 < 16 && i > 111 && i < 672 ? 255 : 0,
 * );
 * const written = writeString(
 *   { images, labels: Uint8Array.of(1) },
 *   {
 *     ...{ length: 2, digitHeight: 40, penWidth: 6, slant: 0, tilt: 0 },
 *     ...{ gap: 9, touching: false },
 *   },
 *   createRandom(7),
 * );
 * assertEquals([written.text, written.joints], ["11", [false]]);
 * ```
 */
export function writeString(
  digits: Digits,
  hand: StringHand,
  random: Random,
): WrittenString {
  const vary = (by: number) => by * (2 * random.next() - 1);
  const drawn = Array.from(
    { length: hand.length },
    () => Math.floor(random.next() * digits.labels.length),
  ).map((index) => ({
    label: digits.labels[index]!,
    glyph: drawGlyph(
      digits.images.subarray(index * PIXELS, (index + 1) * PIXELS),
      hand,
      hand.digitHeight / DIGIT_SIDE * (1 + vary(0.08)),
      hand.slant + vary(0.05),
    ),
  })).filter(({ glyph }) => glyph.box.left !== Infinity);
  const glyphs = drawn.map(({ glyph }) => glyph);
  const wanted = chooseJoints(hand, random);
  const joints: boolean[] = [];
  const placed: Placed[] = [];
  let owed = false; // a joint that could not be made where it was wanted
  for (const [i, glyph] of glyphs.entries()) {
    const before = placed.at(-1);
    const lift = Math.round(vary(hand.digitHeight / 20));
    if (!before) {
      placed.push({ glyph, x: 0, y: lift });
      continue;
    }
    const middle = before.x + before.glyph.box.right + hand.digitHeight / 2;
    const y = Math.round(hand.tilt * middle) + lift;
    const depth = 1 +
      Math.floor(random.next() * Math.max(2, hand.penWidth / 4));
    const gap = Math.round(hand.gap * (1 + vary(0.3)));
    owed ||= wanted[i - 1]!;
    const joint = freeFrom(placed, glyph, y, 0) - depth;
    const nested = rightEdge(placed) - joint - glyph.box.left - depth;
    const isLastChance = hand.touching && i === glyphs.length - 1 &&
      !joints.includes(true);
    const touching: boolean = isLastChance ||
      owed && nested <= MOST_NESTING * hand.digitHeight;
    if (touching) owed = false;
    joints.push(touching);
    const x = touching
      ? joint
      : keepApart(placed, glyph, y, gap, MOST_KERNING * hand.digitHeight);
    placed.push({ glyph, x, y });
  }
  const text = drawn.map(({ label }) => label).join("");
  if (placed.length === 0) {
    const ink = { width: 0, height: 0, data: new Float32Array() };
    return { text, joints, ink, baseline: 0, digits: [] };
  }
  return { text, joints, ...assemble(placed) };
}

/** Which pairs of neighbors are to touch. */
function chooseJoints(
  { length, touching }: StringHand,
  random: Random,
): boolean[] {
  const first = Math.floor(random.next() * (length - 1));
  return Array.from(
    { length: length - 1 },
    (_, i) => touching && (random.next() < MORE_JOINTS || i === first),
  );
}

function drawGlyph(
  pixels: Uint8Array,
  { penWidth, ownEdge }: StringHand,
  scale: number,
  slant: number,
): Glyph {
  const height = Math.ceil(IMAGE_SIZE * scale);
  const width = Math.ceil(IMAGE_SIZE * scale * (1 + Math.abs(slant)));
  const ink = { width, height, data: new Float32Array(width * height) };
  const place = { scale, x: width / 2, y: height / 2, slant };
  if (ownEdge === undefined) {
    const drawn = changePen(pixels, penWidth / scale);
    writeDigit(ink, drawn, { ...place, edge: 0.5, fall: PEN_FALL });
  } else {
    writeDigit(ink, pixels, { ...place, edge: ownEdge });
  }
  const left: number[] = new Array(height).fill(Infinity);
  const right: number[] = new Array(height).fill(-Infinity);
  ink.data.forEach((covered, i) => {
    if (covered <= 0.5) return;
    const row = Math.floor(i / width);
    left[row] = Math.min(left[row]!, i % width);
    right[row] = i % width;
  });
  const box = { left: Math.min(...left), right: Math.max(...right) };
  return { ink, left, right, box };
}

/**
 * The `x` at which `gap` pixels of paper are left, above and below too.
 *
 * @param kerning By how much it may reach over or under its neighbor.
 */
function keepApart(
  placed: Placed[],
  glyph: Glyph,
  y: number,
  gap: number,
  kerning: number,
): number {
  const beside = rightEdge(placed) - glyph.box.left;
  return Math.max(
    Math.round(beside - kerning),
    freeFrom(placed, glyph, y, gap) + gap,
  );
}

/** The column after the ink of the last glyph. */
function rightEdge(placed: Placed[]): number {
  const { glyph, x } = placed.at(-1)!;
  return x + glyph.box.right + 1;
}

/**
 * The least `x` at which no row of a glyph covers what stands there already.
 *
 * @param margin Rows above and below that count too.
 */
function freeFrom(
  placed: Placed[],
  glyph: Glyph,
  y: number,
  margin: number,
): number {
  let free = -Infinity;
  for (const other of placed.slice(-2)) {
    for (const [row, left] of glyph.left.entries()) {
      if (left === Infinity) continue;
      const at = row + y - other.y;
      for (let near = at - margin; near <= at + margin; near++) {
        const right = other.glyph.right[near] ?? -Infinity;
        free = Math.max(free, other.x + right + 1 - left);
      }
    }
  }
  // None of its rows has ink of another.
  return free === -Infinity ? rightEdge(placed) - glyph.box.left : free;
}

/** All glyphs in one ink, cut to its edges. */
function assemble(
  placed: Placed[],
): Pick<WrittenString, "ink" | "baseline" | "digits"> {
  const rowsOf = ({ glyph }: Placed) => {
    const isInk = (x: number) => x !== Infinity;
    return [
      glyph.left.findIndex(isInk),
      glyph.left.findLastIndex(isInk),
    ] as const;
  };
  const left = Math.min(...placed.map(({ glyph, x }) => x + glyph.box.left));
  const right = Math.max(...placed.map(({ glyph, x }) => x + glyph.box.right));
  const top = Math.min(...placed.map((each) => each.y + rowsOf(each)[0]));
  const bottom = Math.max(...placed.map((each) => each.y + rowsOf(each)[1]));
  // One pixel around, as edges are softer than one.
  const width = right - left + 3;
  const height = bottom - top + 3;
  const data = new Float32Array(width * height);
  for (const { glyph: { ink }, x, y } of placed) {
    for (let i = 0; i < ink.data.length; i++) {
      const covered = ink.data[i]!;
      if (covered === 0) continue;
      const column = i % ink.width + x - left + 1;
      const row = Math.floor(i / ink.width) + y - top + 1;
      if (column < 0 || column >= width || row < 0 || row >= height) continue;
      const at = row * width + column;
      if (covered > data[at]!) data[at] = covered;
    }
  }
  const first = placed[0]!;
  const baseline = first.y + rowsOf(first)[1] - top + 1;
  const digits = placed.map(({ glyph, x, y }) => ({
    ink: glyph.ink,
    x: x - left + 1,
    y: y - top + 1,
  }));
  return { ink: { width, height, data }, baseline, digits };
}
