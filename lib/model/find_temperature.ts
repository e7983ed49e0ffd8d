/**
 * The one number that makes a network's probabilities mean what they say.
 *
 * @module
 */

import { logProbabilities } from "./_log_probabilities.ts";

/** What is looked through: after few steps a network may need 0.1. */
const COLDEST = 0.01;
const HOTTEST = 100;

/** Halvings of that, on a scale of logarithms: leaves an error of 1e-11. */
const HALVINGS = 40;

/**
 * Finds the temperature for `scaleTemperature()`: the one at which the mean
 * cross-entropy of the labels is least. Which digit is chosen does not change.
 *
 * Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
 * Networks", ICML 2017, PMLR 70, pages 1321 to 1330, section 4.2. The
 * cross-entropy is convex in 1/temperature, so bisection finds where its slope
 * is 0.
 *
 * @param probabilities Of digits that the network was not trained on,
 *   [count, outputs].
 * @param labels Class indices, [count].
 * @returns 0.01 to 100; 1 where no digit is wrong, as the cross-entropy then
 *   falls without end towards 0 and tells nothing.
 * @throws {TypeError} If the probabilities are not as many to each label.
 *
 * @example Sure by 90 %, and right three times of four
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1);
 * const temperature = findTemperature(probabilities, Uint8Array.of(0, 0, 0, 1));
 * assertAlmostEquals(temperature, 2, 1e-6); // Odds of 9 become odds of 3.
 * ```
 */
export function findTemperature(
  probabilities: Float32Array,
  labels: Uint8Array,
): number {
  const outputs = probabilities.length / labels.length;
  if (!(Number.isInteger(outputs) && outputs > 0)) {
    throw new TypeError(
      `Cannot find a temperature as the probabilities must be [count, outputs] and the labels [count]: current lengths are ${probabilities.length} and ${labels.length}`,
    );
  }
  const logits = logProbabilities(probabilities);
  if (isAllRight(logits, labels, outputs)) return 1;
  let cold = COLDEST;
  let hot = HOTTEST;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = Math.sqrt(cold * hot);
    if (slope(logits, labels, outputs, 1 / middle) > 0) cold = middle;
    else hot = middle;
  }
  return Math.sqrt(cold * hot);
}

/** Whether each label has the greatest logit of its row. */
function isAllRight(
  logits: Float64Array,
  labels: Uint8Array,
  outputs: number,
): boolean {
  return labels.every((label, index) => {
    const row = logits.subarray(index * outputs, (index + 1) * outputs);
    return row.every((z) => z <= row[label]!);
  });
}

/**
 * Slope of the summed cross-entropy of softmax(`scale` × logits) by `scale`:
 * the mean of a row's logits under its probabilities, less that of the label.
 */
function slope(
  logits: Float64Array,
  labels: Uint8Array,
  outputs: number,
  scale: number,
): number {
  let total = 0;
  for (const [index, label] of labels.entries()) {
    const row = logits.subarray(index * outputs, (index + 1) * outputs);
    const greatest = row.reduce((a, b) => Math.max(a, b));
    let weights = 0;
    let weighted = 0;
    for (const z of row) {
      const weight = Math.exp(scale * (z - greatest));
      weights += weight;
      weighted += weight * z;
    }
    total += weighted / weights - row[label]!;
  }
  return total;
}
