/**
 * Probabilities at another temperature.
 *
 * @module
 */

import { logProbabilities } from "./_log_probabilities.ts";

/**
 * What a softmax gives where its inputs are divided by a temperature, out of
 * what it gives as it is: the logarithms of its results are its inputs but for
 * a constant, which makes no difference.
 *
 * @param probabilities Row-major, a row an image.
 * @param outputs Probabilities in a row.
 * @param temperature Above 1 for rows that are less sure, below 1 for surer
 *   ones.
 * @returns New rows of the same shape.
 *
 * @example Half the temperature squares the odds
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [first] = temper(Float32Array.of(0.75, 0.25), 2, 0.5);
 * assertAlmostEquals(first!, 0.9, 1e-6);
 * ```
 */
export function temper(
  probabilities: Float32Array,
  outputs: number,
  temperature: number,
): Float32Array {
  const logits = logProbabilities(probabilities);
  const tempered = new Float32Array(probabilities.length);
  for (let start = 0; start < logits.length; start += outputs) {
    const row = logits.subarray(start, start + outputs);
    const greatest = row.reduce((a, b) => Math.max(a, b));
    const weights = row.map((z) => Math.exp((z - greatest) / temperature));
    const sum = weights.reduce((a, b) => a + b);
    tempered.set(weights.map((weight) => weight / sum), start);
  }
  return tempered;
}
