/**
 * `tf.train.sgd()` and `tf.train.momentum()` by way of `SgdStep` and
 * `MomentumStep`.
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

/** What the optimizers have but do not declare as public. */
interface Sgd {
  /** The negative learning rate. */
  c: tf.Scalar;
  incrementIterations(): void;
}

/** The same of the one with momentum. */
interface Momentum extends Sgd {
  /** The momentum that was given at the start: `setMomentum()` leaves it. */
  m: tf.Scalar;
  useNesterov: boolean;
  accumulations: OptimizerVariable[];
}

/**
 * Puts the kernel behind every SGD optimizer, present and to come. Where it
 * does not cover a step, the shipped method takes it.
 */
export function replaceSgd(): void {
  const { prototype } = tf.SGDOptimizer;
  const shipped = prototype.applyGradients;
  prototype.applyGradients = function (gradients) {
    const sgd = this as unknown as Sgd;
    const weights = weightsOf(gradients);
    if (!isCovered(weights)) {
      shipped.call(this, gradients);
      return;
    }
    const attrs = { learningRate: -sgd.c.dataSync()[0]! };
    for (const { value, gradient } of weights) {
      if (!gradient) continue;
      assignResults("SgdStep", { value, gradient }, attrs, [value]);
    }
    sgd.incrementIterations();
  };
}

/** The same for the optimizers with momentum. */
export function replaceMomentum(): void {
  const { prototype } = tf.MomentumOptimizer;
  const shipped = prototype.applyGradients;
  prototype.applyGradients = function (gradients) {
    const momentum = this as unknown as Momentum;
    const { accumulations } = momentum;
    const weights = weightsOf(gradients);
    if (!isCovered(weights, accumulations)) {
      shipped.call(this, gradients);
      return;
    }
    const attrs = {
      learningRate: -momentum.c.dataSync()[0]!,
      momentum: momentum.m.dataSync()[0]!,
      useNesterov: momentum.useNesterov,
    };
    weights.forEach((weight, index) => {
      const { value, gradient } = weight;
      const accumulation = stateAt(accumulations, index, weight, "momentum");
      if (!gradient) return;
      assignResults(
        "MomentumStep",
        { value, accumulation, gradient },
        attrs,
        [value, accumulation],
      );
    });
    momentum.incrementIterations();
  };
}
