/**
 * How far a network's confidence is from how often it is right.
 *
 * @module
 */

import { reliabilityBins } from "./reliability_bins.ts";

/**
 * The expected calibration error: the difference between mean confidence and
 * accuracy in each of 15 bins of equal width, averaged over the digits.
 *
 * Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
 * Networks", ICML 2017, PMLR 70, pages 1321 to 1330, equation 3.
 *
 * @param probabilities [count, 10].
 * @param labels Class indices, [count].
 * @returns 0…1, where 0 is best.
 *
 * @example Wholly sure, and right half of the time
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sure = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
 * const probabilities = Float32Array.from([...sure, ...sure]);
 * const labels = Uint8Array.of(0, 7);
 * assertEquals(expectedCalibrationError(probabilities, labels), 0.5);
 * ```
 */
export function expectedCalibrationError(
  probabilities: Float32Array,
  labels: Uint8Array,
): number {
  return reliabilityBins(probabilities, labels).reduce(
    (sum, { count, confidence, accuracy }) =>
      sum + count / labels.length * Math.abs(accuracy - confidence),
    0,
  );
}
