/** Normally distributed random numbers. @module */

import type { Random } from "../random/mod.ts";

/** Draws from mean 0 and standard deviation 1, by Box and Muller (1958). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
