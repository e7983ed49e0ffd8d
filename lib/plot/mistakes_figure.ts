/**
 * A gallery of the digits that were taken for another.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { galleryFigure } from "./gallery_figure.ts";
import { percent, thousands } from "../format/numbers.ts";

/** A digit that was taken for another. */
export interface Mistake {
  /** 28×28, row-major; 0 is paper, 255 is ink. */
  image: Uint8Array;
  /** The digit that it is. */
  label: number;
  /** The digit that it was taken for. */
  predicted: number;
  /** How sure of that the model was, from 0 to 1. */
  confidence: number;
}

const MOST_SHOWN = 48;
const SIDE = 28;

/**
 * Draws the mistakes that the model was surest of, dark ink on light paper.
 *
 * @param mistakes In any order; the 48 with the highest confidence are shown.
 * @throws {TypeError} If an image is not 784 bytes long.
 *
 * @example A 5 that looks like a 3
 * ```ts
 * import { mistakesFigure } from "./mistakes_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const image = new Uint8Array(784);
 * const mistake = { image, label: 5, predicted: 3, confidence: 0.97 };
 * assertEquals(
 *   mistakesFigure([mistake]).text,
 *   "1 mistake, the surest first\n5 taken for 3 (97 %)",
 * );
 * ```
 */
export function mistakesFigure(mistakes: Mistake[]): Figure {
  for (const { image } of mistakes) checkLength(image);
  const shown = mistakes
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_SHOWN);
  const title = titleOf(mistakes.length, shown.length);
  const figure = galleryFigure(
    shown.map((mistake) => ({
      values: mistake.image,
      caption: `${taken(mistake)}<br>${percent(mistake.confidence, 0)}`,
    })),
    { title },
  );
  return {
    ...figure,
    text: [
      title,
      ...shown.map((mistake) =>
        `${taken(mistake)} (${percent(mistake.confidence, 0)})`
      ),
    ].join("\n"),
  };
}

function checkLength(image: Uint8Array) {
  if (image.length === SIDE * SIDE) return;
  throw new TypeError(
    `Cannot draw a digit as its image must be 784 bytes: current length is ${image.length}`,
  );
}

function titleOf(count: number, shown: number): string {
  if (count === 0) return "No mistakes";
  if (count === 1) return "1 mistake, the surest first";
  if (count === shown) return `${count} mistakes, the surest first`;
  return `The ${shown} surest of ${thousands(count)} mistakes`;
}

function taken({ label, predicted }: Mistake): string {
  return `${label} taken for ${predicted}`;
}
