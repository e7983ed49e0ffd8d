/**
 * Takes shade off the paper and leaves the ink.
 *
 * The paper is what a morphological closing keeps: it fills every stroke that
 * is narrower than its square, however dense the writing, and keeps the edges
 * of shadows, which no stroke is as wide as. Ink is how much darker than that
 * paper a pixel is.
 *
 * Light ink on dark ground is the same on the inverted picture. Which it is
 * shows where closing and opening differ, that is where there is fine
 * structure: the ground is the larger part there, so if brightness lies above
 * the middle between the local extremes on the whole, the ink is dark. Neither
 * the picture's border nor a desk around the paper has a say.
 *
 * @module
 */

import { dilate, erode } from "./dilate.ts";
import type { GrayImage } from "./gray_image.ts";
import { invert } from "./invert.ts";
import { resize } from "./resize.ts";

/** Pixels of the copy that the paper is found on. */
const COPY_AREA = 120_000;

/** Side of the closing's square, as a part of the picture's shorter side. */
const SQUARE = 1 / 4;

/** A picture without its paper. */
export interface FlatImage {
  /** 0 is paper, 255 would be black on it (white, where `light`). */
  ink: GrayImage;
  /** True where the ink is lighter than the ground. */
  light: boolean;
  /** Brightness of the ground, on a smaller copy. */
  paper: GrayImage;
}

/**
 * Divides a picture by its paper.
 *
 * @param gray Brightness.
 *
 * @example A stroke half as bright as the paper
 * ```ts
 * import { flatten } from "./flatten.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const gray = { width: 9, height: 9, data: new Uint8Array(81).fill(200) };
 * for (let y = 2; y < 7; y++) gray.data[y * 9 + 4] = 100;
 * const { ink, light } = flatten(gray);
 * assertEquals([ink.data[0], ink.data[4 * 9 + 4], light], [0, 126, false]);
 * ```
 */
export function flatten(gray: GrayImage): FlatImage {
  const copy = shrink(gray);
  const side = Math.min(copy.width, copy.height) * SQUARE;
  const size = Math.max(3, 2 * Math.round(side / 2) + 1);
  const highest = dilate(copy, size);
  const lowest = erode(copy, size);
  const closed = erode(highest, size);
  const opened = dilate(lowest, size);
  const light = isInkLight(copy, { highest, lowest, closed, opened }, size);
  return light
    ? { light, ink: inkOn(invert(gray), invert(opened)), paper: opened }
    : { light, ink: inkOn(gray, closed), paper: closed };
}

function shrink(gray: GrayImage): GrayImage {
  const { width, height } = gray;
  const scale = Math.sqrt(COPY_AREA / (width * height));
  if (scale >= 1) return gray;
  const whole = (side: number) => Math.max(1, Math.round(side * scale));
  return resize(gray, whole(width), whole(height));
}

/** What squares say of the brightness around each pixel. */
interface Around {
  highest: GrayImage;
  lowest: GrayImage;
  /** Without what is dark and narrow. */
  closed: GrayImage;
  /** Without what is light and narrow. */
  opened: GrayImage;
}

/** Whether brightness near fine structure is mostly below the middle. */
function isInkLight(
  gray: GrayImage,
  { highest, lowest, closed, opened }: Around,
  size: number,
): boolean {
  const { width, height } = gray;
  const range = closed.data.map((value, i) => value - opened.data[i]!);
  const near = dilate({ width, height, data: range }, size);
  let balance = 0;
  for (let i = 0; i < near.data.length; i++) {
    const middle = (highest.data[i]! + lowest.data[i]!) / 2;
    balance += near.data[i]! * (gray.data[i]! - middle);
  }
  return balance < 0;
}

/**
 * Ink on a `paper` that was found on a smaller copy of `gray`. The paper is
 * taken a pixel darker, as its edges are softer than those of a sharp shadow,
 * which would be drawn around by a line of ink otherwise.
 */
function inkOn(gray: GrayImage, paper: GrayImage): GrayImage {
  const { width, height } = gray;
  const darker = erode(paper, 3);
  const whole = resize(darker, width, height).data;
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const light = 255 * (gray.data[i]! + 1) / (whole[i]! + 1);
    if (light < 255) data[i] = 255 - light;
  }
  return { width, height, data };
}
