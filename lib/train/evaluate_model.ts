/**
 * Judging a network on a set of digits.
 *
 * @module
 */

import type { LayersModel } from "@tensorflow/tfjs";
import { batches, type Digits } from "../mnist/mod.ts";
import {
  argMax,
  classCount,
  computeMetrics,
  digitProbabilities,
  type Metrics,
  NO_DIGIT,
  predict,
  PREDICT_BATCH_SIZE,
} from "../model/mod.ts";

/** Digits that are scaled to floats at a time: bounds the memory. */
const BATCH_SIZE = 8 * PREDICT_BATCH_SIZE;

/** Metrics, and the probabilities that they come from. */
export interface Evaluation extends Metrics {
  /** Digits taken for no digit, where the network has a class for it. */
  noDigits?: number;
  /** Of the ten digits, [count, 10] row-major, in the order of the digits. */
  probabilities: Float32Array;
}

/** Runs `digits` through the network, with dropout off. */
export function evaluateModel(
  model: LayersModel,
  digits: Digits,
): Evaluation {
  const count = digits.labels.length;
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const classes = classCount(model);
  const probabilities = new Float32Array(count * classes);
  let start = 0;
  for (const batch of batches(digits, order, BATCH_SIZE)) {
    probabilities.set(predict(model, batch.images), start * classes);
    start += batch.size;
  }
  return judge(probabilities, digits.labels);
}

/**
 * @param probabilities [count, classes] row-major.
 * @param labels [count].
 */
export function judge(
  probabilities: Float32Array,
  labels: Uint8Array,
): Evaluation {
  const count = labels.length;
  const classes = probabilities.length / count;
  const digits = digitProbabilities(probabilities, count);
  let taken = 0;
  for (let i = 0; i < count; i++) {
    const own = probabilities.subarray(i * classes, (i + 1) * classes);
    if (argMax(own) === NO_DIGIT) taken++;
  }
  return {
    ...computeMetrics(digits, labels),
    ...(classes > NO_DIGIT && { noDigits: taken }),
    probabilities: digits,
  };
}
