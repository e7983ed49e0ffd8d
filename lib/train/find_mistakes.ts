/** The digits that a network got wrong. @module */

import type { Digits } from "../mnist/mod.ts";
import { argMax } from "../model/mod.ts";
import type { Evaluation } from "./evaluate_model.ts";

/** A digit that was taken for another. */
export interface FoundMistake {
  /** 28×28, row-major, a view; 0 is paper, 255 is ink. */
  image: Uint8Array;
  /** The digit that it is. */
  label: number;
  /** The digit that it was taken for. */
  predicted: number;
  /** How sure of that the network was, 0…1. */
  confidence: number;
}

/**
 * Finds the mistakes, in the order of the digits.
 *
 * @param evaluation What `evaluateModel()` says of the same digits.
 */
export function findMistakes(
  digits: Digits,
  { probabilities }: Pick<Evaluation, "probabilities">,
): FoundMistake[] {
  return [...digits.labels.entries()].flatMap(([index, label]) => {
    const row = probabilities.subarray(index * 10, index * 10 + 10);
    const predicted = argMax(row);
    if (predicted === label) return [];
    const image = digits.images.subarray(index * 784, index * 784 + 784);
    return [{ image, label, predicted, confidence: row[predicted]! }];
  });
}
