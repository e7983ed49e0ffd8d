/** Asks the classifier what components are. @module */

import { type Component, drawDigit, type GrayImage } from "../image/mod.ts";
import type { Classifier } from "./classifier.ts";

/** What is to be drawn, as `drawDigit()` takes it. */
export interface Drawn {
  component: Component;
  rest: Component[];
}

const PIXELS = 28 * 28;

/**
 * Draws components the way the classifier knows digits, and has it score them.
 *
 * @param drawn At least one.
 * @returns For each its probabilities, [classes].
 */
export async function scoreDrawings(
  ink: GrayImage,
  drawn: Drawn[],
  classify: Classifier,
): Promise<Float32Array[]> {
  const count = drawn.length;
  const images = new Float32Array(count * PIXELS);
  let at = 0;
  for (const { component, rest } of drawn) {
    for (const value of drawDigit(ink, component, rest).data) {
      images[at++] = value / 255;
    }
  }
  const all = await classify(images, count);
  const classes = all.length / count;
  return drawn.map((_, i) => all.subarray(i * classes, (i + 1) * classes));
}
