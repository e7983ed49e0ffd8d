/**
 * How often a network is right, by how sure it is.
 *
 * @module
 */

import { argMax } from "./arg_max.ts";

/** The digits whose confidence lies in one part of 0…1. */
export interface ReliabilityBin {
  /** The confidence is above this, 0…1. */
  from: number;
  /** The confidence is at most this, 0…1. */
  to: number;
  /** Digits in it. */
  count: number;
  /** Their mean confidence, 0…1; 0 where there is none. */
  confidence: number;
  /** Share of them that is right, 0…1; 0 where there is none. */
  accuracy: number;
}

/**
 * Sorts predictions into bins of equal width by their confidence, the
 * probability of the digit that was chosen.
 *
 * Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
 * Networks", ICML 2017, PMLR 70, pages 1321 to 1330, section 2.
 *
 * @param probabilities [count, 10].
 * @param labels Class indices, [count].
 * @param bins Their number.
 * @returns All bins from 0 to 1, the empty ones included.
 *
 * @example Sure twice, right once
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sure = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
 * const probabilities = Float32Array.from([...sure, ...sure]);
 * assertEquals(reliabilityBins(probabilities, Uint8Array.of(0, 7), 2), [
 *   { from: 0, to: 0.5, count: 0, confidence: 0, accuracy: 0 },
 *   { from: 0.5, to: 1, count: 2, confidence: 1, accuracy: 0.5 },
 * ]);
 * ```
 */
export function reliabilityBins(
  probabilities: Float32Array,
  labels: Uint8Array,
  bins = 15,
): ReliabilityBin[] {
  const sums = Array.from(
    { length: bins },
    () => ({ count: 0, confidence: 0, correct: 0 }),
  );
  for (const [index, label] of labels.entries()) {
    const row = probabilities.subarray(index * 10, index * 10 + 10);
    const predicted = argMax(row);
    // Rounding may have taken the probability of a sure digit beyond 1.
    const confidence = Math.min(row[predicted]!, 1);
    // A network that has diverged gives NaN: its digits spoil the first bin.
    const sum = sums[Math.ceil(confidence * bins) - 1] ?? sums[0]!;
    sum.count++;
    sum.confidence += confidence;
    if (predicted === label) sum.correct++;
  }
  return sums.map(({ count, confidence, correct }, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    count,
    confidence: count === 0 ? 0 : confidence / count,
    accuracy: count === 0 ? 0 : correct / count,
  }));
}
