/** Reads the numbers off a picture. @module */

import type { RgbImage } from "../image/mod.ts";
import type { Box } from "./boxes.ts";
import type { Classifier } from "./classifier.ts";
import type { InkRow, ReadInk } from "./read_ink.ts";
import { MIN_CONFIDENCE, type ReadOptions } from "./read_options.ts";
import { type ReadStages, readStages } from "./read_stages.ts";
import type { DigitReading, LineReading, Reading } from "./reading.ts";
import { rowText } from "./row_text.ts";

/** Least quality of a lone digit, and of a row with nothing but `?`. */
const LEAST_QUALITY = 0.5;
const LEAST_UNSURE = 0.85;

/**
 * Least soundness of two digits or more. Of a word's letters one or the other
 * may pass for a digit, whole or cut, hardly most of them.
 */
const LEAST_ROW = 0.5;

/**
 * Reads all rows of digits, in dark ink on light ground or the other way round.
 *
 * @param picture At least one pixel.
 * @param classify Called as often as the reader needs to; not at all where
 *   there is nothing to read.
 */
export async function readPicture(
  picture: RgbImage,
  classify: Classifier,
  options: ReadOptions = {},
): Promise<Reading> {
  const stages = await readStages(picture, classify, options.length);
  return toReading(picture, stages, options);
}

/** What the stages come to. */
export function toReading(
  picture: RgbImage,
  { read }: ReadStages,
  { length, minConfidence = MIN_CONFIDENCE }: ReadOptions = {},
): Reading {
  const lines = read.rows
    .filter((row) =>
      row.digits.length > 0 &&
      (length !== undefined || isNumber(row, minConfidence))
    )
    .map((row) => toLine(row, read, picture, minConfidence));
  return {
    text: lines.map(({ text }) => text).join("\n"),
    confidence: allRight(lines),
    turned: read.turned,
    lines,
  };
}

/** Whether a row is one of digits, not of letters or scribbles. */
function isNumber(
  { digits, quality, soundness }: InkRow,
  minConfidence: number,
): boolean {
  const isSure = digits.some(({ confidence }) => confidence >= minConfidence);
  if (!isSure) return quality >= LEAST_UNSURE;
  return digits.length === 1
    ? quality >= LEAST_QUALITY
    : soundness >= LEAST_ROW;
}

function toLine(
  row: InkRow,
  read: ReadInk,
  picture: RgbImage,
  minConfidence: number,
): LineReading {
  const placed = row.digits.map(({ edge, confidence }) => ({
    digit: edge.digit!,
    confidence,
    rejected: confidence < minConfidence,
    box: edge.candidate.component,
  }));
  const digits = placed.map((each): DigitReading => ({
    ...each,
    box: boxIn(picture, read, each.box),
  }));
  return {
    text: rowText(placed, row.typical),
    confidence: allRight(digits),
    digits,
  };
}

/** Whole pixels of `picture` that hold a box of its scaled and turned ink. */
function boxIn(
  picture: RgbImage,
  { ink, turned }: ReadInk,
  box: Box,
): DigitReading["box"] {
  const back = turnBack(box, ink, turned);
  const isLying = turned === 90 || turned === 270;
  const scaleX = picture.width / (isLying ? ink.height : ink.width);
  const scaleY = picture.height / (isLying ? ink.width : ink.height);
  const left = Math.floor(back.x * scaleX);
  const top = Math.floor(back.y * scaleY);
  const right = Math.ceil((back.x + back.width) * scaleX);
  const bottom = Math.ceil((back.y + back.height) * scaleY);
  return [left, top, right - left, bottom - top];
}

/** Where a box lies before its picture is turned clockwise. */
function turnBack(
  { x, y, width, height }: Box,
  turnedPicture: { width: number; height: number },
  turned: ReadInk["turned"],
): Box {
  const right = turnedPicture.width - x - width;
  const below = turnedPicture.height - y - height;
  switch (turned) {
    case 0:
      return { x, y, width, height };
    case 90:
      return { x: y, y: right, width: height, height: width };
    case 180:
      return { x: right, y: below, width, height };
    case 270:
      return { x: below, y: x, width: height, height: width };
  }
}

function allRight(parts: { confidence: number }[]): number {
  return parts.reduce((product, { confidence }) => product * confidence, 1);
}
