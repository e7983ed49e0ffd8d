/** Counts the values of one component. @module */

import type { Component } from "./find_components.ts";
import type { GrayImage } from "./gray_image.ts";

/**
 * How many of a component's pixels have each value, 256 counts.
 *
 * @param image Of the size of the mask that `component` was found in.
 */
export function componentHistogram(
  image: GrayImage,
  component: Component,
): Uint32Array {
  const counts = new Uint32Array(256);
  const { runs } = component;
  for (let run = 0; run < runs.length; run += 3) {
    const row = runs[run]! * image.width;
    for (let x = runs[run + 1]!; x < runs[run + 2]!; x++) {
      counts[image.data[row + x]!]!++;
    }
  }
  return counts;
}
