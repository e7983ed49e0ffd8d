/**
 * Splits digits in two, each class in proportion.
 *
 * @module
 */

import { permutation, type Random } from "../random/mod.ts";
import { CLASSES, type Digits, PIXELS } from "./digits.ts";

/** Digits that are kept, and digits that are held out. */
export interface HeldOut {
  kept: Digits;
  heldOut: Digits;
}

/**
 * Holds out `count` of the digits, drawn at random but stratified: each class
 * gives its share of them, to within one digit.
 *
 * @param count From 0 to one less than there are digits.
 * @returns Copies, both in random order, so that any first few of them are a
 *   fair sample.
 * @throws {RangeError} If `count` is another number.
 *
 * @example One of each class
 * ```ts
 * import { createRandom } from "../random/mod.ts";
 * import { PIXELS } from "./digits.ts";
 * import { holdOut } from "./hold_out.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = Uint8Array.of(4, 4, 4, 9, 9, 9);
 * const digits = { images: new Uint8Array(6 * PIXELS), labels };
 * const { heldOut } = holdOut(digits, 2, createRandom(7));
 * assertEquals([...heldOut.labels].sort(), [4, 9]);
 * ```
 */
export function holdOut(
  digits: Digits,
  count: number,
  random: Random,
): HeldOut {
  const { labels } = digits;
  if (!Number.isInteger(count) || count < 0 || count >= labels.length) {
    throw new RangeError(
      `Cannot hold out digits as their number must be an integer from 0 to ${
        labels.length - 1
      }: current is ${count}`,
    );
  }
  // Digits take places in a row, class after class and within a class at
  // random. Those to hold out stand at even distances along that row.
  const places = new Uint32Array(CLASSES + 1); // next place of each class
  for (const label of labels) places[label + 1]!++;
  for (let label = 1; label <= CLASSES; label++) {
    places[label]! += places[label - 1]!;
  }
  const before = (place: number) => Math.floor(place * count / labels.length);

  const kept: number[] = [];
  const heldOut: number[] = [];
  for (const index of permutation(labels.length, random)) {
    const place = places[labels[index]!]!++;
    (before(place + 1) > before(place) ? heldOut : kept).push(index);
  }
  return { kept: take(digits, kept), heldOut: take(digits, heldOut) };
}

function take(digits: Digits, indices: number[]): Digits {
  const images = new Uint8Array(indices.length * PIXELS);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, i) => {
    const start = index * PIXELS;
    images.set(digits.images.subarray(start, start + PIXELS), i * PIXELS);
    labels[i] = digits.labels[index]!;
  });
  return { images, labels };
}
