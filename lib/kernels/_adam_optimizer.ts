/**
 * `tf.train.adam()` by way of `AdamStep`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  assignResults,
  isCovered,
  type OptimizerVariable,
  stateAt,
  weightsOf,
} from "./_optimizer_state.ts";

/** What the optimizer has but does not declare as public. */
interface Adam {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  accumulatedFirstMoment: OptimizerVariable[];
  accumulatedSecondMoment: OptimizerVariable[];
  incrementIterations(): void;
}

/**
 * Puts the kernel behind every Adam optimizer, present and to come. Where it
 * does not cover a step, the shipped method takes it.
 */
export function replaceAdam(): void {
  const { prototype } = tf.AdamOptimizer;
  const shipped = prototype.applyGradients;
  prototype.applyGradients = function (gradients) {
    const adam = this as unknown as Adam;
    const weights = weightsOf(gradients);
    const { accumulatedFirstMoment, accumulatedSecondMoment } = adam;
    if (!isCovered(weights, accumulatedFirstMoment, accumulatedSecondMoment)) {
      shipped.call(this, gradients);
      return;
    }
    const { learningRate, beta1, beta2, epsilon, accBeta1, accBeta2 } = adam;
    const attrs = {
      learningRate,
      beta1,
      beta2,
      epsilon,
      accBeta1: accBeta1.dataSync()[0]!,
      accBeta2: accBeta2.dataSync()[0]!,
    };
    weights.forEach((weight, index) => {
      const { value, gradient } = weight;
      const firstMoment = stateAt(accumulatedFirstMoment, index, weight, "m");
      const secondMoment = stateAt(accumulatedSecondMoment, index, weight, "v");
      if (!gradient) return;
      assignResults(
        "AdamStep",
        { value, firstMoment, secondMoment, gradient },
        attrs,
        [value, firstMoment, secondMoment],
      );
    });
    tf.tidy(() => {
      accBeta1.assign(tf.mul(accBeta1, beta1));
      accBeta2.assign(tf.mul(accBeta2, beta2));
    });
    adam.incrementIterations();
  };
}
