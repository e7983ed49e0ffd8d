/**
 * Seeded shuffling.
 *
 * @module
 */

import type { Random } from "./random.ts";

/**
 * The integers 0…length−1 in random order: Fisher and Yates's shuffle, as
 * given by Knuth, TAOCP volume 2, algorithm 3.4.2 P.
 *
 * @example Every index stands once
 * ```ts
 * import { createRandom } from "./random.ts";
 * import { permutation } from "./permutation.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const order = permutation(5, createRandom(7));
 * assertEquals([...order].sort(), [0, 1, 2, 3, 4]);
 * ```
 */
export function permutation(length: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
