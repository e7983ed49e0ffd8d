/** Tells what comes in over the picture's border. @module */

import type { Component } from "../image/mod.ts";

/**
 * Whether a component lies along the picture's border with half its length or
 * more, as a finger, the edge of a desk, or a shadow does. A digit that the
 * border cuts touches it with the width of a stroke.
 *
 * @param picture Its size, in pixels.
 */
export function isIntruder(
  component: Component,
  picture: { width: number; height: number },
): boolean {
  const { x, y, width, height, runs } = component;
  const touches = x === 0 || y === 0 || x + width === picture.width ||
    y + height === picture.height;
  if (!touches) return false;
  let left = 0;
  let right = 0;
  let top = 0;
  let bottom = 0;
  for (let run = 0; run < runs.length; run += 3) {
    const row = runs[run]!;
    const start = runs[run + 1]!;
    const end = runs[run + 2]!;
    if (start === 0) left++;
    if (end === picture.width) right++;
    if (row === 0) top += end - start;
    if (row === picture.height - 1) bottom += end - start;
  }
  return Math.max(left, right) >= height / 2 ||
    Math.max(top, bottom) >= width / 2;
}
