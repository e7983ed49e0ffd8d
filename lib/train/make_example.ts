/**
 * Examples as a reader of photographs meets them.
 *
 * @module
 */

import { IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import { NO_DIGIT } from "../model/mod.ts";
import type { Random } from "../random/mod.ts";
import {
  drawStrokes,
  STYLED_DIGITS,
  styledDigitStrokes,
} from "../synth/mod.ts";
import { augment } from "./augment.ts";
import { distort } from "./distort.ts";
import type { CutExample } from "./draw_cuts.ts";
import { drawNoDigit, type LabeledImages } from "./draw_no_digit.ts";
import { fitCanvas } from "./_fit_canvas.ts";

/** How examples are made. */
export interface ExampleOptions {
  /** Of the affine changes, 0…1. */
  augment: number;
  /** How often a pen, a camera or a cut changes a digit, 0…1. */
  distort: number;
  /** Share of examples that are no digit, 0…1. */
  noDigits: number;
  /** Share of examples that are digits in styles MNIST is short of, 0…1. */
  styled: number;
  /** Share of examples that come out of digits that touch, 0…1. */
  cuts: number;
}

/** Displacement of elastic changes at full strength, in pixels. */
const BEND = 1;

/**
 * Makes an example of a digit, or one of another kind in its place.
 *
 * @param digits The digit and others, of which parts are taken.
 * @param index Of the digit among them.
 * @param image [28, 28, 1] in 0…1, ink high: written to.
 * @param nextCut Called where one of digits that touch is wanted.
 * @returns Its label, 0…9 or `NO_DIGIT`.
 */
export function makeExample(
  digits: LabeledImages,
  index: number,
  image: Float32Array,
  options: ExampleOptions,
  random: Random,
  nextCut: () => CutExample,
): number {
  const { noDigits, styled, cuts } = options;
  const isOwn = noDigits + styled + cuts === 0;
  const kind = isOwn ? 1 : random.next();
  let label = digits.labels[index]!;
  let bytes = digits.images.subarray(index * PIXELS, (index + 1) * PIXELS);
  if (kind < noDigits) {
    label = NO_DIGIT;
    bytes = drawNoDigit(digits, random).data;
  } else if (kind < noDigits + styled) {
    label = STYLED_DIGITS[Math.floor(STYLED_DIGITS.length * random.next())]!;
    bytes = drawStyled(label, random);
  } else if (kind < noDigits + styled + cuts) {
    const cut = nextCut();
    label = cut.label;
    bytes = cut.image.data;
  }
  for (let i = 0; i < PIXELS; i++) image[i] = bytes[i]! / 255;
  const bend = options.distort * BEND;
  augment(image, options.augment, random, bend);
  const other = Math.floor(digits.labels.length * random.next());
  const neighbor = digits.images.subarray(other * PIXELS, (other + 1) * PIXELS);
  distort(image, neighbor, options.distort, random);
  return label;
}

/** 28×28 bytes. */
function drawStyled(digit: number, random: Random): Uint8Array {
  const strokes = styledDigitStrokes(digit, 2 * IMAGE_SIZE, random);
  const drawing = drawStrokes(strokes, 3 + 7 * random.next());
  return fitCanvas(drawing)!.data;
}
