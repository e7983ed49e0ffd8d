/**
 * All that a training run needs to go on where it was, bit for bit.
 *
 * No state of a generator is among it: the order of the digits, their changes
 * and the dropout masks follow from the seed and from how far the run is.
 *
 * @module
 */

import type { History } from "./history.ts";

/** What Adam remembers between two steps. */
export interface OptimizerState {
  /** Means of the gradients of all weights that train, in order. */
  firstMoments: Float32Array;
  /** Means of their squares, likewise. */
  secondMoments: Float32Array;
  /** beta1 to the power of the next step, as multiplied up in float32. */
  accBeta1: number;
  /** beta2 likewise. */
  accBeta2: number;
}

/** A run between two steps. */
export interface RunState {
  /** The epoch under way, from 1; one more than the run has where all are done. */
  epoch: number;
  /** Digits of an epoch. */
  total: number;
  /** Those of this epoch that are done: whole batches, fewer than `total`. */
  done: number;
  /** Sum of the losses of those, in nats. */
  loss: number;
  /** How many of those were right. */
  correct: number;
  /** Training time of those. */
  seconds: number;
  /** The epochs before this one. */
  history: History;
  /** Of all weights, in order. */
  shapes: number[][];
  /** All weights as the steps move them, one behind the other. */
  weights: Float32Array;
  /** Their moving average, where the run has one. */
  average?: Float32Array;
  optimizer: OptimizerState;
}

/** Steps that a run has taken in all its epochs. */
export function stepsTaken(
  { epoch, total, done }: RunState,
  batchSize: number,
): number {
  return (epoch - 1) * Math.ceil(total / batchSize) + done / batchSize;
}

/** Digits that a run has seen in all its epochs, each as often as it was. */
export function digitsSeen({ epoch, total, done }: RunState): number {
  return (epoch - 1) * total + done;
}
