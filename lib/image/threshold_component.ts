/** Takes a component apart where its ink is fainter. @module */

import { type Component, findComponents } from "./find_components.ts";
import type { GrayImage } from "./gray_image.ts";

/**
 * The components of those of a component's pixels that are `level` or more.
 *
 * @param image Of the size of the mask that `component` was found in.
 */
export function thresholdComponent(
  image: GrayImage,
  component: Component,
  level: number,
): Component[] {
  const { x: left, y: top, width, height, runs } = component;
  const data = new Uint8Array(width * height);
  for (let run = 0; run < runs.length; run += 3) {
    const from = runs[run]! * image.width;
    const to = (runs[run]! - top) * width - left;
    for (let x = runs[run + 1]!; x < runs[run + 2]!; x++) {
      if (image.data[from + x]! >= level) data[to + x] = 1;
    }
  }
  return findComponents({ width, height, data }).map((part) => ({
    ...part,
    x: part.x + left,
    y: part.y + top,
    runs: part.runs.map((value, i) => value + (i % 3 === 0 ? top : left)),
  }));
}
