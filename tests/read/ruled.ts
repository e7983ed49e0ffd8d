/** Classifiers that follow a rule, for tests. @module */

import type { Classifier } from "@lib/read/mod.ts";

/** A classifier, and how many drawings it was shown, a number a call. */
export interface Ruled {
  classify: Classifier;
  /** For one view. */
  calls: number[];
  /** For all views. */
  secondLooks: number[];
}

/**
 * A network of eleven classes that is sure of itself.
 *
 * @param rule From a 28×28 drawing to its digit, or to undefined for none; by
 *   one view or by all.
 */
export function ruled(
  rule: (drawing: Float32Array, oneView: boolean) => number | undefined,
  probability = 0.99,
): Ruled {
  const calls: number[] = [];
  const secondLooks: number[] = [];
  const classify: Classifier = (images, count, { oneView = false } = {}) => {
    (oneView ? calls : secondLooks).push(count);
    const scores = new Float32Array(count * 11).fill((1 - probability) / 10);
    for (let i = 0; i < count; i++) {
      const drawing = images.subarray(i * 784, (i + 1) * 784);
      scores[i * 11 + (rule(drawing, oneView) ?? 10)] = probability;
    }
    return Promise.resolve(scores);
  };
  return { classify, calls, secondLooks };
}

/** Columns of a 28×28 drawing that hold ink. */
export function inkedColumns(drawing: Float32Array): number {
  return Array.from({ length: 28 }, (_, x) => x).filter((x) =>
    drawing.some((value, i) => i % 28 === x && value > 0.5)
  ).length;
}

/**
 * A 7 for what looks like one: of the quarters of its drawing, the lower left
 * one is the emptiest. Turned by 90°, 180° or 270°, it is another one.
 */
export function sevenOrNone(drawing: Float32Array): number | undefined {
  const quarters = new Float32Array(4);
  const inked = [...drawing.keys()].filter((i) => drawing[i]! > 0.5);
  const xs = inked.map((i) => i % 28);
  const ys = inked.map((i) => Math.floor(i / 28));
  const middle = (values: number[]) =>
    (Math.min(...values) + Math.max(...values)) / 2;
  for (const [k, i] of inked.entries()) {
    const below = ys[k]! > middle(ys) ? 2 : 0;
    quarters[below + (xs[k]! > middle(xs) ? 1 : 0)]! += drawing[i]!;
  }
  return quarters.indexOf(Math.min(...quarters)) === 2 ? 7 : undefined;
}
