/** Asks the classifier what components are. @module */

import { type Component, drawDigit, type GrayImage } from "../image/mod.ts";
import type { Classifier, ClassifyOptions } from "./classifier.ts";

/** What is to be drawn, as `drawDigit()` takes it. */
export interface Drawn {
  component: Component;
  rest: Component[];
}

const PIXELS = 28 * 28;

/** Drawings that are made before the classifier is asked. */
const BATCH = 256;

/**
 * Draws components the way the classifier knows digits, and has it score them:
 * some at a time, so that one that refuses more need not wait for all.
 *
 * @returns For each its probabilities, [classes].
 */
export async function scoreDrawings(
  ink: GrayImage,
  drawn: Drawn[],
  classify: Classifier,
  options?: ClassifyOptions,
): Promise<Float32Array[]> {
  const scores: Float32Array[] = [];
  for (let start = 0; start < drawn.length; start += BATCH) {
    const batch = drawn.slice(start, start + BATCH);
    const images = new Float32Array(batch.length * PIXELS);
    let at = 0;
    for (const { component, rest } of batch) {
      for (const value of drawDigit(ink, component, rest).data) {
        images[at++] = value / 255;
      }
    }
    const all = await classify(images, batch.length, options);
    const classes = all.length / batch.length;
    for (let i = 0; i < batch.length; i++) {
      scores.push(all.subarray(i * classes, (i + 1) * classes));
    }
  }
  return scores;
}
