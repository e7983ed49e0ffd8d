/**
 * A step of Adam in a plain loop: the definition that the kernel is proved
 * against.
 *
 * Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR
 * 2015, algorithm 1.
 *
 * @module
 */

import type { AdamAttrs, AdamState } from "../adam_update.ts";

/** @returns The new state, computed in float64 and rounded once. */
export function adamReference(
  { value, firstMoment, secondMoment, gradient }:
    & AdamState<Float32Array>
    & { gradient: Float32Array },
  { learningRate, beta1, beta2, epsilon, accBeta1, accBeta2 }: AdamAttrs,
): AdamState<Float32Array> {
  const first = Array.from(
    firstMoment,
    (old, index) => beta1 * old + (1 - beta1) * gradient[index]!,
  );
  const second = Array.from(
    secondMoment,
    (old, index) => beta2 * old + (1 - beta2) * gradient[index]! ** 2,
  );
  return {
    value: value.map((old, index) =>
      old - learningRate * first[index]! / (1 - accBeta1) /
        (Math.sqrt(second[index]! / (1 - accBeta2)) + epsilon)
    ),
    firstMoment: Float32Array.from(first),
    secondMoment: Float32Array.from(second),
  };
}
