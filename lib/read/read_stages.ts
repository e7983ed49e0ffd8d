/**
 * The stages between a picture and the numbers on it.
 *
 * Each is a function on plain data: gray, scaled by area, without the desk,
 * flattened to ink, blurred, without ruled lines and frames, strokes, rows of
 * them, a lattice of candidates a row, the best path through it.
 *
 * @module
 */

import {
  blur,
  clearDesk,
  contrastGray,
  flatten,
  type GrayImage,
  resize,
  type RgbImage,
} from "../image/mod.ts";
import type { Classifier } from "./classifier.ts";
import { type ReadInk, readInk } from "./read_ink.ts";
import { removeFrames } from "./remove_frames.ts";
import { removeRules } from "./remove_rules.ts";

/** Pixels of the picture that is worked on: what is smaller is enlarged. */
const LEAST_AREA = 120_000;
const MOST_AREA = 1_920_000;

/** What each stage made of the one before. */
export interface ReadStages {
  /** Brightness. */
  gray: GrayImage;
  /** The same where no desk lies around the page. */
  page: GrayImage;
  /** Brightness of the ground, on a smaller copy. */
  paper: GrayImage;
  /** 0 is paper. */
  ink: GrayImage;
  /** The same where there are no lines and no frames. */
  withoutRules: GrayImage;
  read: ReadInk;
}

/**
 * @param picture At least one pixel.
 * @param length Digits that are expected, if it is known.
 */
export async function readStages(
  picture: RgbImage,
  classify: Classifier,
  length?: number,
): Promise<ReadStages> {
  const gray = toWorkSize(contrastGray(picture));
  const page = clearDesk(gray);
  const flat = flatten(page);
  const ink = blur(flat.ink);
  const unruled = removeRules(ink);
  const isRuled = unruled !== ink;
  const unframed = isRuled ? removeFrames(unruled, ink) : unruled;
  const withoutRules = removeFrames(unframed, unframed);
  const read = await readInk(withoutRules, classify, length);
  return { gray, page, paper: flat.paper, ink, withoutRules, read };
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
