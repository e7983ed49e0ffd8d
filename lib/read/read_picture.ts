/**
 * Reads the numbers off a picture.
 *
 * The stages, each a function on plain data: gray, scaled by area, without the
 * desk, flattened to ink, blurred, without ruled lines, components of ink that
 * may be digits, rows of them, 28×28 drawings, one batch for the classifier.
 *
 * @module
 */

import {
  blur,
  clearDesk,
  type Component,
  drawDigit,
  flatten,
  type GrayImage,
  resize,
  type RgbImage,
  toGray,
} from "../image/mod.ts";
import { findDigits } from "./find_digits.ts";
import { findRows } from "./find_rows.ts";
import { removeRules } from "./remove_rules.ts";
import type { DigitReading, LineReading, Reading } from "./reading.ts";

/**
 * Tells which digits are drawn: [count, 28, 28, 1] in 0…1, ink high, gives
 * [count, 10] probabilities.
 */
export type Classifier = (
  images: Float32Array,
  count: number,
) => Promise<Float32Array>;

/** Pixels of the picture that is worked on: what is smaller is enlarged. */
const LEAST_AREA = 120_000;
const MOST_AREA = 1_920_000;

const PIXELS = 28 * 28;
const CLASSES = 10;

/**
 * Reads all rows of digits, in dark ink on light ground or the other way round.
 *
 * @param picture Upright, at least one pixel.
 * @param classify Called once with all digits; not at all where there is none.
 */
export async function readPicture(
  picture: RgbImage,
  classify: Classifier,
): Promise<Reading> {
  const flat = flatten(clearDesk(toWorkSize(toGray(picture)))).ink;
  const ink = removeRules(blur(flat));
  const rows = findRows(findDigits(ink));
  const components = rows.flat();
  if (components.length === 0) return { text: "", confidence: 1, lines: [] };

  const images = drawAll(ink, components);
  const probabilities = await classify(images, components.length);
  const digits = components.map((component, i): DigitReading => {
    const scores = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
    const confidence = Math.max(...scores);
    const digit = scores.indexOf(confidence);
    return { digit, confidence, box: boxIn(picture, ink, component) };
  });

  let read = 0;
  const lines = rows.map(({ length }) =>
    toLine(digits.slice(read, read += length))
  );
  return {
    text: lines.map(({ text }) => text).join("\n"),
    confidence: allRight(lines),
    lines,
  };
}

function toWorkSize(gray: GrayImage): GrayImage {
  const { width, height } = gray;
  const area = width * height;
  const wanted = Math.max(LEAST_AREA, Math.min(area, MOST_AREA));
  if (wanted === area) return gray;
  const scale = Math.sqrt(wanted / area);
  const whole = (side: number) => Math.max(1, Math.round(side * scale));
  return resize(gray, whole(width), whole(height));
}

/** [components, 28, 28, 1] in 0…1. */
function drawAll(ink: GrayImage, components: Component[]): Float32Array {
  const images = new Float32Array(components.length * PIXELS);
  components.forEach((component, i) => {
    const { data } = drawDigit(ink, component);
    images.set(Float32Array.from(data, (value) => value / 255), i * PIXELS);
  });
  return images;
}

/** Whole pixels of `picture` that hold a component of its scaled `ink`. */
function boxIn(
  picture: RgbImage,
  ink: GrayImage,
  { x, y, width, height }: Component,
): DigitReading["box"] {
  const scaleX = picture.width / ink.width;
  const scaleY = picture.height / ink.height;
  const left = Math.floor(x * scaleX);
  const top = Math.floor(y * scaleY);
  const right = Math.ceil((x + width) * scaleX);
  const bottom = Math.ceil((y + height) * scaleY);
  return [left, top, right - left, bottom - top];
}

function toLine(digits: DigitReading[]): LineReading {
  const text = digits.map(({ digit }) => digit).join("");
  return { text, confidence: allRight(digits), digits };
}

function allRight(parts: { confidence: number }[]): number {
  return parts.reduce((product, { confidence }) => product * confidence, 1);
}
