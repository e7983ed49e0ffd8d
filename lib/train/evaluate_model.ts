/**
 * Judging a network on a set of digits.
 *
 * @module
 */

import type { LayersModel } from "@tensorflow/tfjs";
import { batches, type Digits } from "../mnist/mod.ts";
import {
  computeMetrics,
  type Metrics,
  predict,
  PREDICT_BATCH_SIZE,
} from "../model/mod.ts";

/** Digits that are scaled to floats at a time: bounds the memory. */
const BATCH_SIZE = 8 * PREDICT_BATCH_SIZE;

/** Metrics, and the probabilities that they come from. */
export interface Evaluation extends Metrics {
  /** [count, 10] row-major, in the order of the digits. */
  probabilities: Float32Array;
}

/** Runs `digits` through the network, with dropout off. */
export function evaluateModel(
  model: LayersModel,
  digits: Digits,
): Evaluation {
  const count = digits.labels.length;
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const probabilities = new Float32Array(count * 10);
  let start = 0;
  for (const batch of batches(digits, order, BATCH_SIZE)) {
    probabilities.set(predict(model, batch.images), start * 10);
    start += batch.size;
  }
  return { ...computeMetrics(probabilities, digits.labels), probabilities };
}
