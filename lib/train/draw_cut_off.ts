/** Draws digits as they come out of a cut. @module */

import type { GrayImage } from "../image/mod.ts";
import { IMAGE_SIZE } from "../mnist/mod.ts";
import type { Random } from "../random/mod.ts";
import { emptyCanvas, imageAt, inkColumns, lay } from "./_canvas.ts";
import { fitCanvas } from "./_fit_canvas.ts";
import type { LabeledImages } from "./draw_no_digit.ts";

/** Room on each side of the digit for a neighbor. */
const MARGIN = IMAGE_SIZE;
const WIDTH = IMAGE_SIZE + 2 * MARGIN;

/** How far into each other the two reach at most, in pixels. */
const MOST_OVERLAP = 4;

/** How far off the cut is at most, and how far it leans, on either side. */
const MOST_OFF = 2;
const MOST_LEAN = 0.35;

/**
 * Writes a neighbor so close to a digit that both touch, cuts them apart about
 * where they do, and fits what is on the digit's side as the reader does: it
 * may lack a piece of the digit and have one of the neighbor.
 *
 * @param digits The digit and others, one of which is the neighbor.
 * @param index Of the digit among them.
 * @returns 28×28.
 */
export function drawCutOff(
  digits: LabeledImages,
  index: number,
  random: Random,
): GrayImage {
  const own = imageAt(digits.images, index);
  const [left, right] = inkColumns(own);
  const canvas = emptyCanvas(WIDTH, IMAGE_SIZE);
  lay(own, canvas, MARGIN, 0);
  const isRight = random.next() < 0.5;
  const other = imageAt(
    digits.images,
    Math.floor(digits.labels.length * random.next()),
  );
  const [otherLeft, otherRight] = inkColumns(other);
  const overlap = Math.round(MOST_OVERLAP * random.next()) - 1;
  const border = MARGIN + (isRight ? right : left);
  const at = isRight
    ? border - overlap - otherLeft
    : border + overlap - otherRight;
  lay(other, canvas, at, Math.round(6 * random.next()) - 3);
  const between = (most: number) => most * (2 * random.next() - 1);
  const off = border + (isRight ? -overlap : overlap) / 2 + between(MOST_OFF);
  const lean = between(MOST_LEAN);
  const { data } = canvas;
  for (let i = 0; i < data.length; i++) {
    const x = i % WIDTH;
    const cut = off + lean * (Math.floor(i / WIDTH) - IMAGE_SIZE / 2);
    if (isRight ? x >= cut : x < cut) data[i] = 0;
  }
  return fitCanvas(canvas) ?? own;
}
