/**
 * How well predictions fit the labels, on plain arrays.
 *
 * @module
 */

import { argMax } from "./arg_max.ts";
import { expectedCalibrationError } from "./expected_calibration_error.ts";

/** What a network made of a set of digits. */
export interface Metrics {
  /** Digits looked at. */
  count: number;
  /** Of them, right. */
  correct: number;
  /** Share that is right, 0…1. */
  accuracy: number;
  /** Mean categorical cross-entropy, in nats. */
  loss: number;
  /** As `expectedCalibrationError()` has it, 0…1. */
  expectedCalibrationError: number;
  /** Digits by label (row) and prediction (column), 10×10. */
  confusion: number[][];
}

/** Where a probability of 0 is taken for this, so that the loss is finite. */
const EPSILON = 1e-7;

/**
 * @param probabilities [count, 10].
 * @param labels Class indices, [count].
 *
 * @example One right, one wrong
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const oneHot = (digit: number) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => d === digit ? 1 : 0);
 * const probabilities = Float32Array.from([...oneHot(3), ...oneHot(5)]);
 * const metrics = computeMetrics(probabilities, Uint8Array.of(3, 6));
 * assertEquals(metrics.accuracy, 0.5);
 * assertEquals(metrics.confusion[6]![5], 1);
 * ```
 */
export function computeMetrics(
  probabilities: Float32Array,
  labels: Uint8Array,
): Metrics {
  const confusion = Array.from({ length: 10 }, () => new Array(10).fill(0));
  let correct = 0;
  let loss = 0;
  for (const [index, label] of labels.entries()) {
    const row = probabilities.subarray(index * 10, index * 10 + 10);
    const predicted = argMax(row);
    if (predicted === label) correct++;
    confusion[label]![predicted]++;
    loss -= Math.log(Math.max(row[label]!, EPSILON));
  }
  const count = labels.length;
  return {
    count,
    correct,
    accuracy: correct / count,
    loss: loss / count,
    expectedCalibrationError: expectedCalibrationError(probabilities, labels),
    confusion,
  };
}
