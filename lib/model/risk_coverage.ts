/**
 * What is gained by rejecting the digits that a network is not sure of.
 *
 * @module
 */

import { argMax } from "./arg_max.ts";

/** What comes of one least confidence. */
export interface RiskPoint {
  /** The least that is accepted, 0…1. */
  confidence: number;
  /** Share of all digits that is rejected, 0…1. */
  rejected: number;
  /** Share of the accepted digits that is wrong, 0…1. */
  error: number;
}

/**
 * The error among the accepted digits over the share rejected, for each least
 * confidence that makes a difference: digits of the same confidence are
 * accepted or rejected together.
 *
 * Source: El-Yaniv and Wiener, "On the Foundations of Noise-free Selective
 * Classification", JMLR 11 (2010), pages 1605 to 1641, section 2.
 *
 * @param probabilities [count, 10].
 * @param labels Class indices, [count].
 * @returns By the share rejected, from 0 up; at least one digit is accepted.
 *
 * @example The doubtful one of two is wrong
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const probabilities = Float32Array.from([
 *   ...[1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
 *   ...[0, 0.5, 0.25, 0.25, 0, 0, 0, 0, 0, 0],
 * ]);
 * assertEquals(riskCoverage(probabilities, Uint8Array.of(0, 7)), [
 *   { confidence: 0.5, rejected: 0, error: 0.5 },
 *   { confidence: 1, rejected: 0.5, error: 0 },
 * ]);
 * ```
 */
export function riskCoverage(
  probabilities: Float32Array,
  labels: Uint8Array,
): RiskPoint[] {
  const digits = Array.from(labels, (label, index) => {
    const row = probabilities.subarray(index * 10, index * 10 + 10);
    const predicted = argMax(row);
    return { confidence: row[predicted]!, isWrong: predicted !== label };
  }).sort((a, b) => b.confidence - a.confidence);
  const points: RiskPoint[] = [];
  let wrong = 0;
  for (const [index, { confidence, isWrong }] of digits.entries()) {
    if (isWrong) wrong++;
    if (digits[index + 1]?.confidence === confidence) continue;
    const accepted = index + 1;
    points.push({
      confidence,
      rejected: (digits.length - accepted) / digits.length,
      error: wrong / accepted,
    });
  }
  return points.reverse();
}
