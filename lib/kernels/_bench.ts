/**
 * What the benchmarks beside the kernels share.
 *
 * @module
 */

import { createRandom } from "../random/mod.ts";

/** Seeded values, uniform in [-1, 1). */
export function benchValues(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => 2 * random.next() - 1);
}

/**
 * Checks results before they are timed: a kernel that is fast and wrong has no
 * time.
 *
 * @param tolerance Relative to the greatest expected value.
 * @throws {RangeError} If a value is further away.
 */
export function checkResult(
  name: string,
  actual: Float32Array,
  expected: Float32Array,
  tolerance = 1e-4,
): void {
  let scale = 0;
  for (const value of expected) scale = Math.max(scale, Math.abs(value));
  for (const [index, value] of expected.entries()) {
    if (!(Math.abs(actual[index]! - value) <= tolerance * scale)) {
      throw new RangeError(
        `Cannot time ${name} as value ${index} must be ${value}: current value is ${
          actual[index]
        }`,
      );
    }
  }
}
