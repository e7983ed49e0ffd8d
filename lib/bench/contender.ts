/**
 * This project's side of the comparison.
 *
 * @module
 */

import { type Digits, PIXELS } from "../mnist/mod.ts";
import { createModel } from "../model/mod.ts";
import { startTeam, type StepResult } from "../train/mod.ts";

/** How it is set up. */
export interface ContenderOptions {
  /** Threads that share the work. */
  workers: number;
  /** Digits in a step. */
  batch: number;
  /** Digits in a call of `predict()`. */
  forwardBatch: number;
  seed: number;
}

/** The network of the comparison, and the threads that work on it. */
export interface Contender {
  /** One step of Adam on the next batch. */
  trainStep(): Promise<StepResult>;
  /** The probabilities of the next digits. */
  predict(): Promise<Float32Array>;
  close(): void;
}

/** Of Adam. */
const LEARNING_RATE = 1e-3;

/** @param digits Go round: after the last batch follows the first. */
export async function startContender(
  digits: Digits,
  { workers, batch, forwardBatch, seed }: ContenderOptions,
): Promise<Contender> {
  const model = createModel("small", seed);
  const team = await startTeam(model, {
    workers,
    batchSize: batch,
    seed,
    augment: false,
  });
  const count = digits.labels.length;
  let trained = 0;
  let predicted = 0;
  return {
    trainStep: () => {
      const first = trained;
      trained = (trained + batch) % count;
      const indices = Uint32Array.from({ length: batch }, (_, i) => first + i);
      return team.trainStep(digits, indices, LEARNING_RATE);
    },
    predict: () => {
      const start = predicted * PIXELS;
      predicted = (predicted + forwardBatch) % count;
      return team.predict(
        digits.images.subarray(start, start + forwardBatch * PIXELS),
      );
    },
    close: () => {
      team.close();
      model.dispose();
    },
  };
}
