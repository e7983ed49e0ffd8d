/** Finds how high the digits of a picture are. @module */

import type { Component } from "../image/mod.ts";

/** Heights that differ by less than this factor are alike. */
const ALIKE = 1.5;

/**
 * The height that digits of one picture have in common: the one that the
 * greatest sum of squared heights is like, so that neither many specks nor one
 * large mark decides.
 *
 * @returns In pixels; 0 where there are no components.
 */
export function typicalHeight(components: Component[]): number {
  const counts = new Map<number, number>();
  for (const { height } of components) {
    counts.set(height, (counts.get(height) ?? 0) + 1);
  }
  let greatest = 0;
  let typical = 0;
  for (const height of counts.keys()) {
    let sum = 0;
    for (const [other, count] of counts) {
      const ratio = Math.max(other / height, height / other);
      if (ratio < ALIKE) sum += count * other * other;
    }
    if (sum > greatest) {
      greatest = sum;
      typical = height;
    }
  }
  return typical;
}
