/** Measures how dark a pen draws. @module */

import { componentHistogram } from "./component_histogram.ts";
import type { Component } from "./find_components.ts";
import type { GrayImage } from "./gray_image.ts";

/** Part of a stroke's pixels that lie on its lighter edge. */
const EDGE = 0.75;

/**
 * The ink that a component has in the middle of its strokes: three quarters of
 * its pixels have less or the same.
 *
 * @param ink 0 is paper; of the size of the mask that `component` was found in.
 *
 * @example An edge, a speck, and the stroke between them
 * ```ts
 * import { findComponents } from "./find_components.ts";
 * import { fullInk } from "./full_ink.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ink = { width: 4, height: 1, data: Uint8Array.of(50, 90, 100, 200) };
 * const [component] = findComponents(ink);
 * assertEquals(fullInk(ink, component!), 100);
 * ```
 */
export function fullInk(ink: GrayImage, component: Component): number {
  let count = 0;
  return componentHistogram(ink, component)
    .findIndex((each) => (count += each) >= EDGE * component.area);
}
