/** Puts the strokes of a digit together. @module */

import type { Component } from "../image/mod.ts";
import { LEAST_DIGIT } from "./_digit_size.ts";

/** Greatest gap between the strokes of one digit, in typical heights. */
const GAP = 0.18;

/** Parts of the lesser width and height that strokes of one digit share. */
const SHARED_WIDTH = 0.6;
const SHARED_HEIGHT = 0.5;

/**
 * Makes one component of each digit: high strokes that stand in front of each
 * other belong together, and a low one belongs to the digit that is nearest.
 * Low strokes with no digit near are dropped.
 *
 * @param typical Height of a digit, in pixels.
 */
export function joinStrokes(
  components: Component[],
  typical: number,
): Component[] {
  const digits: Component[] = [];
  const low: Component[] = [];
  for (const component of components) {
    if (component.height < LEAST_DIGIT * typical) {
      low.push(component);
      continue;
    }
    const same = digits.findIndex((digit) => isInFront(component, digit));
    if (same < 0) digits.push(component);
    else digits[same] = join(digits[same]!, component);
  }
  const joined = [...digits];
  for (const stroke of low) {
    const gaps = digits.map((digit) => gapBetween(digit, stroke));
    const gap = Math.min(...gaps);
    const nearest = gaps.indexOf(gap);
    if (gap < GAP * typical) joined[nearest] = join(joined[nearest]!, stroke);
  }
  return joined;
}

function isInFront(a: Component, b: Component): boolean {
  return sharedWidth(a, b) >= SHARED_WIDTH * Math.min(a.width, b.width) &&
    sharedHeight(a, b) >= SHARED_HEIGHT * Math.min(a.height, b.height);
}

/** Between the bounding boxes, in pixels. */
function gapBetween(a: Component, b: Component): number {
  return Math.hypot(
    Math.max(0, -sharedWidth(a, b)),
    Math.max(0, -sharedHeight(a, b)),
  );
}

/** In pixels; below 0 it is the gap between the boxes. */
function sharedWidth(a: Component, b: Component): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}

/** In pixels; below 0 it is the gap between the boxes. */
function sharedHeight(a: Component, b: Component): number {
  return Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
}

function join(a: Component, b: Component): Component {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
    area: a.area + b.area,
    runs: [...a.runs, ...b.runs],
  };
}
