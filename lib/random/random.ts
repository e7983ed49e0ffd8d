/**
 * The seeded generator behind everything random in this project.
 *
 * sfc32 (Chris Doty-Humphrey, PractRand 2013): 128 bits of state, only 32-bit
 * integer operations, so the same seed gives the same numbers on every machine.
 *
 * @module
 */

/** A stream of random numbers. */
export interface Random {
  /** The next integer, uniform in 0…2³²−1. */
  uint32(): number;
  /** The next number, uniform in [0, 1). */
  next(): number;
  /** Fills an array with the next integers, the fast way to many of them. */
  fill(values: Uint32Array): void;
}

/**
 * Starts a stream of random numbers.
 *
 * @param seed Any integer from 0 to 2³²−1.
 * @param purpose Names an independent stream of the same seed, so that drawing
 *   more numbers for one purpose changes nothing elsewhere.
 * @throws {RangeError} If the seed is not such an integer.
 *
 * @example The same seed gives the same numbers
 * ```ts
 * import { createRandom } from "./random.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const random = createRandom(7, "shuffle");
 * const again = createRandom(7, "shuffle");
 * assertEquals(random.uint32(), again.uint32());
 * ```
 */
export function createRandom(seed: number, purpose = ""): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(
      `Cannot seed a generator as the seed must be an integer from 0 to 4294967295: current seed is ${seed}`,
    );
  }
  let a = seed | 0;
  let b = hash(purpose);
  let c = 0;
  let counter = 1;

  function uint32(): number {
    const result = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result | 0;
    return result >>> 0;
  }

  // The same on local variables, which stay in registers.
  function fill(values: Uint32Array): void {
    let [w, x, y, n] = [a, b, c, counter];
    for (let i = 0; i < values.length; i++) {
      const result = (w + x + n) | 0;
      n = (n + 1) | 0;
      w = x ^ (x >>> 9);
      x = (y + (y << 3)) | 0;
      y = ((y << 21) | (y >>> 11)) + result | 0;
      values[i] = result;
    }
    [a, b, c, counter] = [w, x, y, n];
  }

  // The first outputs still show the seed: its author discards fifteen.
  for (let round = 0; round < 15; round++) uint32();
  return { uint32, next: () => uint32() / 0x100000000, fill };
}

/** FNV-1a over the UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value;
}
