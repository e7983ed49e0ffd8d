/** What a network says of digits alone. @module */

/** Class of what is no digit, in networks that know it: behind 0…9. */
export const NO_DIGIT = 10;

const DIGITS = 10;

/**
 * The probabilities of the ten digits, given that it is one.
 *
 * @param probabilities [count, classes] row-major, 10 or more classes.
 * @returns [count, 10]; the same array where there are no more.
 *
 * @example
 * ```ts
 * import { digitProbabilities } from "./digit_probabilities.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const eleven = new Float32Array(11);
 * eleven.set([0.3, 0.1]);
 * eleven[10] = 0.6;
 * const ten = digitProbabilities(eleven, 1);
 * assertEquals(ten.length, 10);
 * assertAlmostEquals(ten[0]!, 0.75, 1e-6);
 * ```
 */
export function digitProbabilities(
  probabilities: Float32Array,
  count: number,
): Float32Array {
  const classes = probabilities.length / count;
  if (count === 0 || classes === DIGITS) return probabilities;
  const digits = new Float32Array(count * DIGITS);
  for (let i = 0; i < count; i++) {
    const own = probabilities.subarray(i * classes, i * classes + DIGITS);
    const sum = own.reduce((total, value) => total + value, 0);
    for (let digit = 0; digit < DIGITS; digit++) {
      // All is no digit: then each digit is as good as the others.
      digits[i * DIGITS + digit] = sum > 0 ? own[digit]! / sum : 1 / DIGITS;
    }
  }
  return digits;
}
