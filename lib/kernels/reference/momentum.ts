/**
 * A step of gradient descent with momentum in a plain loop: the definition that
 * the kernel is proved against.
 *
 * @module
 */

import type { MomentumAttrs } from "../momentum.ts";

/** What a step starts from, or ends with. */
export interface MomentumState {
  value: Float32Array;
  accumulation: Float32Array;
}

/** @returns The new state, computed in float64 and rounded once. */
export function momentumReference(
  { value, accumulation, gradient }:
    & MomentumState
    & { gradient: Float32Array },
  { learningRate, momentum, useNesterov }: MomentumAttrs,
): MomentumState {
  const sums = Array.from(
    accumulation,
    (old, index) => momentum * old + gradient[index]!,
  );
  return {
    value: value.map((old, index) => {
      const step = useNesterov
        ? gradient[index]! + momentum * sums[index]!
        : sums[index]!;
      return old - learningRate * step;
    }),
    accumulation: Float32Array.from(sums),
  };
}
