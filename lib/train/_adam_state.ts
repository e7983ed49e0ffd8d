/**
 * Reads and sets what an Adam optimizer remembers.
 *
 * TensorFlow.js's own `setWeights()` computes the powers of the betas anew, and
 * not to the bits that it had multiplied them up to.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { readTensor } from "../kernels/mod.ts";
import type { OptimizerState } from "./run_state.ts";

/** What the optimizer has but does not declare as public. */
interface Adam {
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  /** Made at the first step. */
  accumulatedFirstMoment: Moment[];
  accumulatedSecondMoment: Moment[];
}

interface Moment {
  originalName: string;
  variable: tf.Variable;
}

/** @param variables What it moves, in the order that it is given them. */
export function readAdam(
  optimizer: tf.AdamOptimizer,
  variables: tf.Variable[],
): OptimizerState {
  const adam = optimizer as unknown as Adam;
  const values = (moments: Moment[]) => {
    const size = variables.reduce((sum, { size }) => sum + size, 0);
    const all = new Float32Array(size);
    let start = 0;
    for (const { variable } of moments) {
      all.set(readTensor(variable), start);
      start += variable.size;
    }
    return all;
  };
  return {
    firstMoments: values(adam.accumulatedFirstMoment),
    secondMoments: values(adam.accumulatedSecondMoment),
    accBeta1: readTensor(adam.accBeta1)[0]!,
    accBeta2: readTensor(adam.accBeta2)[0]!,
  };
}

/** Gives an optimizer that has not made a step what `readAdam()` read. */
export function setAdam(
  optimizer: tf.AdamOptimizer,
  variables: tf.Variable[],
  state: OptimizerState,
): void {
  const adam = optimizer as unknown as Adam;
  const moments = (values: Float32Array, suffix: string): Moment[] => {
    let end = 0;
    return variables.map(({ name, shape, size }) => {
      const own = values.slice(end, end += size);
      const variable = tf.tidy(() => tf.tensor(own, shape).variable(false));
      return { originalName: `${name}/${suffix}`, variable };
    });
  };
  adam.accumulatedFirstMoment = moments(state.firstMoments, "m");
  adam.accumulatedSecondMoment = moments(state.secondMoments, "v");
  tf.tidy(() => {
    adam.accBeta1.assign(tf.scalar(state.accBeta1));
    adam.accBeta2.assign(tf.scalar(state.accBeta2));
  });
}
