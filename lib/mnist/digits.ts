/**
 * Labeled digits as bytes, the form in which whole sets stay in memory: 60,000
 * images take 47 MB, and four times that as floats.
 *
 * @module
 */

import type { IdxImages } from "./idx.ts";

/** Pixels down and across a digit. */
export const IMAGE_SIZE = 28;
/** Pixels of a digit. */
export const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
/** The digits 0 to 9. */
export const CLASSES = 10;

/** N labeled digits. */
export interface Digits {
  /** [N, 28, 28], row-major, 0 paper to 255 ink. */
  images: Uint8Array;
  /** [N], 0 to 9. */
  labels: Uint8Array;
}

/**
 * Joins images and labels to digits, and checks that they belong together.
 *
 * @param name What errors call them.
 * @returns Views on `images` and `labels`, not copies.
 * @throws {TypeError} If there is no image, if the images are not 28×28, or if
 *   there is not one label per image.
 * @throws {RangeError} If a label is over 9.
 *
 * @example One blank image, labeled 7
 * ```ts
 * import { createDigits, PIXELS } from "./digits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pixels = new Uint8Array(PIXELS);
 * const labels = Uint8Array.of(7);
 * const digits = createDigits({ shape: [1, 28, 28], pixels }, labels);
 * assertEquals(digits, { images: pixels, labels });
 * ```
 */
export function createDigits(
  images: IdxImages,
  labels: Uint8Array,
  name = "images and labels",
): Digits {
  const [count, height, width] = images.shape;
  if (count === 0 || height !== IMAGE_SIZE || width !== IMAGE_SIZE) {
    throw new TypeError(
      `Cannot make digits of ${name} as the images' shape must be [N,28,28], N at least 1: current shape is [${images.shape}]`,
    );
  }
  if (count !== labels.length) {
    throw new TypeError(
      `Cannot make digits of ${name} as each image must have one label: current are ${count} images and ${labels.length} labels`,
    );
  }
  const wrong = labels.findIndex((label) => label >= CLASSES);
  if (wrong !== -1) {
    throw new RangeError(
      `Cannot make digits of ${name} as labels must be 0 to 9: current label ${wrong} is ${
        labels[wrong]
      }`,
    );
  }
  return { images: images.pixels, labels };
}
