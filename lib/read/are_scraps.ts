/** Tells digits from what is left of other things. @module */

import {
  type Component,
  componentHistogram,
  type GrayImage,
} from "../image/mod.ts";

/** Part of the clear ink that digits hold on a page of digits, at least. */
const LEAST_SHARE = 0.1;

/**
 * Whether what was taken for digits holds next to none of a picture's clear
 * ink: then it is a piece of a line or of clutter that happens to have the
 * size of a digit. Digits on a page of their own hold nearly all of it.
 *
 * @param digits What was taken for digits.
 * @param marks All components of clear ink, those of the digits among them.
 * @param clear The threshold of clear ink.
 */
export function areScraps(
  digits: Component[],
  marks: Component[],
  ink: GrayImage,
  clear: number,
): boolean {
  const all = marks.reduce((sum, { area }) => sum + area, 0);
  const held = digits.reduce((sum, digit) => {
    const counts = componentHistogram(ink, digit).subarray(clear);
    return sum + counts.reduce((a, b) => a + b, 0);
  }, 0);
  return held < LEAST_SHARE * all;
}
