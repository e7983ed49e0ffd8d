/**
 * Drawings of what is no digit, so that a network learns to say so.
 *
 * They are what a reader cuts out of pictures when it is wrong: pieces of
 * digits, several at once, digits that lie on their side, letters, lines and
 * blots. Each is fitted into 28×28 the way that the reader does it.
 *
 * @module
 */

import { type GrayImage, orientImage } from "../image/mod.ts";
import { IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import type { Random } from "../random/mod.ts";
import {
  drawStrokes,
  LETTER_NAMES,
  letterStrokes,
  type Stroke,
} from "../synth/mod.ts";
import { emptyCanvas, imageAt, inkColumns, lay } from "./_canvas.ts";
import { fitCanvas } from "./_fit_canvas.ts";

/** Bytes of digits, and what they are. */
export interface LabeledImages {
  /** [count, 28, 28], 0 paper to 255 ink. */
  images: Uint8Array;
  /** [count]. */
  labels: Uint8Array;
}

/** Shares of the kinds, one after the other; they add up to 1. */
const KINDS: [
  share: number,
  draw: (digits: LabeledImages, random: Random) => GrayImage | undefined,
][] = [
  [0.25, drawPair],
  [0.22, drawPiece],
  [0.15, drawTurned],
  [0.25, drawLetter],
  [0.06, drawLines],
  [0.07, drawBlot],
];

/**
 * Draws something that is no digit.
 *
 * @param digits What it is made of, at least one.
 * @returns 28×28.
 */
export function drawNoDigit(digits: LabeledImages, random: Random): GrayImage {
  for (;;) {
    let share = random.next();
    const [, draw] = KINDS.find(([own]) => (share -= own) < 0) ?? KINDS[0]!;
    const canvas = draw(digits, random);
    const drawing = canvas && fitCanvas(canvas);
    if (drawing) return drawing;
  }
}

/** Two or three digits that touch, or nearly. */
function drawPair(digits: LabeledImages, random: Random): GrayImage {
  const canvas = emptyCanvas(3 * IMAGE_SIZE, IMAGE_SIZE + 8);
  const count = random.next() < 0.85 ? 2 : 3;
  let left = 0;
  for (let i = 0; i < count; i++) {
    const { image } = choose(digits, random);
    const [from, to] = inkColumns(image);
    const dy = Math.round(8 * random.next());
    lay(image, canvas, left - from, dy);
    left += to - from + Math.round(4 * random.next()) - 2;
  }
  return canvas;
}

/** A digit without a part of it, or with a large part of another. */
function drawPiece(
  digits: LabeledImages,
  random: Random,
): GrayImage | undefined {
  const { image, label } = choose(digits, random);
  // What is left of a 1 is a 1.
  if (label === 1) return undefined;
  const angle = (random.next() < 0.7 ? 0.7 : 3.2) * (random.next() - 0.5);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const offset = 8 * (random.next() - 0.5);
  const side = random.next() < 0.5 ? 1 : -1;
  const piece = { ...image, data: image.data.slice() };
  let all = 0;
  let kept = 0;
  for (let i = 0; i < PIXELS; i++) {
    const x = i % IMAGE_SIZE - IMAGE_SIZE / 2;
    const y = Math.floor(i / IMAGE_SIZE) - IMAGE_SIZE / 2;
    const value = image.data[i]!;
    all += value;
    if (side * (cos * x + sin * y - offset) < 0) piece.data[i] = 0;
    else kept += value;
  }
  if (kept < 0.15 * all || kept > 0.65 * all) return undefined;
  if (random.next() < 0.3) {
    // With a piece of the next digit, as after a wrong cut.
    const canvas = emptyCanvas(3 * IMAGE_SIZE, IMAGE_SIZE);
    const next = choose(digits, random).image;
    const [from, to] = inkColumns(next);
    const half = from + Math.round((to - from) * (0.3 + 0.4 * random.next()));
    const part = { ...next, data: next.data.slice() };
    for (let i = 0; i < PIXELS; i++) {
      if (i % IMAGE_SIZE > half) part.data[i] = 0;
    }
    lay(piece, canvas, 0, 0);
    lay(part, canvas, inkColumns(piece)[1] - from, 0);
    return canvas;
  }
  // What is left of a 4 or 7 may be a stem, which is a 1.
  const [from, to] = inkColumns(piece);
  const [top, bottom] = inkColumns(orientImage(piece, 6));
  return to - from < 0.45 * (bottom - top) ? undefined : piece;
}

/** A digit on its side or on its head, where that is no other digit. */
function drawTurned(
  digits: LabeledImages,
  random: Random,
): GrayImage | undefined {
  const { image, label } = choose(digits, random);
  const isLying = random.next() < 0.75;
  if (isLying ? label === 0 : ![3, 4, 7].includes(label)) return undefined;
  return orientImage(image, isLying ? random.next() < 0.5 ? 6 : 8 : 3);
}

function drawLetter(_digits: LabeledImages, random: Random): GrayImage {
  const name = LETTER_NAMES[Math.floor(LETTER_NAMES.length * random.next())]!;
  const height = 40;
  const width = height * (0.5 + 0.6 * random.next());
  const strokes = letterStrokes(name, [width, height], random);
  return drawStrokes(slanted(strokes, random), 3 + 5 * random.next());
}

/** Lines that are no 1: level ones, crossings, corners. */
function drawLines(_digits: LabeledImages, random: Random): GrayImage {
  const count = 1 + Math.floor(3 * random.next());
  const strokes = Array.from({ length: count }, (): Stroke => {
    const angle = 1.4 * (random.next() - 0.5);
    const length = 20 + 20 * random.next();
    const x = 20 * random.next();
    const y = 20 * random.next();
    return [
      [x, y],
      [x + length * Math.cos(angle), y + length * Math.sin(angle)],
    ];
  });
  return drawStrokes(strokes, 3 + 4 * random.next());
}

/** Short thick strokes on top of each other, and specks. */
function drawBlot(_digits: LabeledImages, random: Random): GrayImage {
  const count = 1 + Math.floor(6 * random.next());
  const spread = 20 * random.next();
  const strokes = Array.from({ length: count }, (): Stroke => {
    const x = spread * random.next();
    const y = spread * random.next();
    return [[x, y], [x + 8 * random.next(), y + 8 * random.next()]];
  });
  return drawStrokes(strokes, 6 + 14 * random.next());
}

/** Leaning to the right by up to 0.3, or a little to the left. */
function slanted(strokes: Stroke[], random: Random): Stroke[] {
  const slant = 0.4 * random.next() - 0.1;
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => [x - slant * y, y] as const)
  );
}

function choose({ images, labels }: LabeledImages, random: Random) {
  const index = Math.floor(labels.length * random.next());
  return { image: imageAt(images, index), label: labels[index]! };
}
