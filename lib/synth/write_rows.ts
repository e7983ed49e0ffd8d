/** Writes rows of numbers on a page, each digit by another hand. @module */

import { type Digits, IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import type { Random } from "../random/mod.ts";
import type { Ink } from "./ink.ts";
import { writeDigit } from "./write_digit.ts";

/** MNIST fits digits of any aspect into this many of their 28 pixels. */
const DIGIT_SIDE = 20;

/** What is written on a page, and where. */
export interface PageText {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Digits and spaces, from top to bottom. */
  rows: string[];
  /** Pixels of a tall digit. */
  digitHeight: number;
  /** Pixels between the rows' base lines. */
  rowPitch: number;
  /** Pixels that rows fall for each pixel to the right. */
  tilt: number;
}

/**
 * Writes the rows, each in the middle of the page.
 *
 * Sizes, slants, gaps and base lines vary as they do in handwriting, and each
 * digit is one of `digits`, chosen at random.
 *
 * @param digits At least one of each digit that is written.
 * @throws {RangeError} If one is missing.
 *
 * @example A one, as a bar
 * ```ts
 * import { writeRows } from "./write_rows.ts";
 * import { createRandom } from "../random/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = Uint8Array.from(
 *   { length: 784 },
 *   (_, i) => i % 28 === 13 || i % 28 === 14 ? 255 : 0,
 * );
 * const one = { images, labels: Uint8Array.of(1) };
 * const ink = writeRows(
 *   { width: 90, height: 90, rows: ["1"], digitHeight: 40, rowPitch: 0, tilt: 0 },
 *   one,
 *   createRandom(7),
 * );
 * assertEquals(Math.max(...ink.data), 1);
 * ```
 */
export function writeRows(text: PageText, digits: Digits, random: Random): Ink {
  const { width, height, rows, digitHeight, rowPitch, tilt } = text;
  const ink = { width, height, data: new Float32Array(width * height) };
  const vary = (by: number) => by * (2 * random.next() - 1);
  const slant = vary(0.15);
  const edge = 0.4 + vary(0.05);
  rows.forEach((row, index) => {
    const baseline = firstBaseline(text) + index * rowPitch;
    const glyphs = [...row].map((character) => {
      const scale = digitHeight / DIGIT_SIDE * (1 + vary(0.08));
      const gap = digitHeight * (0.3 + vary(0.12));
      if (character === " ") return { gap: 0, width: 2 * gap };
      const pixels = chooseDigit(digits, Number(character), random);
      const box = inkBox(pixels);
      return { gap, width: (box.right - box.left) * scale, pixels, box, scale };
    });
    const length = glyphs.reduce((sum, { gap, width }) => sum + gap + width, 0);
    let left = (width - length) / 2 + vary(digitHeight / 4);
    for (const { gap, width: glyphWidth, pixels, box, scale } of glyphs) {
      left += gap / 2;
      if (pixels) {
        const x = left + (IMAGE_SIZE / 2 - box.left) * scale;
        const fall = tilt * (x - width / 2) + vary(digitHeight / 20);
        writeDigit(ink, pixels, {
          scale,
          x,
          y: baseline + fall - (box.bottom - IMAGE_SIZE / 2) * scale,
          slant: slant + vary(0.06),
          edge,
        });
      }
      left += glyphWidth + gap / 2;
    }
  });
  return ink;
}

/** Where the base line of the first row crosses the middle of the page. */
export function firstBaseline(
  { height, rows, digitHeight, rowPitch }: PageText,
): number {
  return Math.round((height + digitHeight - (rows.length - 1) * rowPitch) / 2);
}

function chooseDigit(
  { images, labels }: Digits,
  digit: number,
  random: Random,
): Uint8Array {
  const indices = [...labels.keys()].filter((i) => labels[i] === digit);
  if (indices.length === 0) {
    throw new RangeError(
      `Cannot write ${digit} as there must be a drawing of it: current digits are ${[
        ...new Set(labels),
      ]}`,
    );
  }
  const index = indices[Math.floor(random.next() * indices.length)]!;
  return images.subarray(index * PIXELS, (index + 1) * PIXELS);
}

/** The rows and columns that hold ink. */
function inkBox(pixels: Uint8Array) {
  const box = { left: IMAGE_SIZE, right: 0, bottom: 0 };
  pixels.forEach((value, i) => {
    if (value < 96) return;
    box.left = Math.min(box.left, i % IMAGE_SIZE);
    box.right = Math.max(box.right, i % IMAGE_SIZE + 1);
    box.bottom = Math.max(box.bottom, Math.floor(i / IMAGE_SIZE) + 1);
  });
  return box;
}
