/**
 * What the optimizers of TensorFlow.js share: variables with their gradients,
 * and state that they make when they first see a variable.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** What `applyGradients()` takes. */
export type Gradients = Parameters<tf.Optimizer["applyGradients"]>[0];

/** A variable and its gradient, if it has one in this step. */
export interface Weight {
  name: string;
  value: tf.Variable;
  gradient: tf.Tensor | null | undefined;
}

/** State of an optimizer for one variable. */
export interface OptimizerVariable {
  originalName: string;
  variable: tf.Variable;
}

/** The variables that the gradients are of, in their order. */
export function weightsOf(gradients: Gradients): Weight[] {
  const named = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  return named.map(({ name, tensor }) => ({
    name,
    value: tf.engine().registeredVariables[name]!,
    gradient: tensor,
  }));
}

/**
 * True where the WASM backend is the current one and each variable, with its
 * gradient and its state, is float32 and of one shape.
 */
export function isCovered(
  weights: Weight[],
  ...states: OptimizerVariable[][]
): boolean {
  return tf.getBackend() === "wasm" &&
    weights.every(({ value, gradient }, index) =>
      [value, gradient, ...states.map((state) => state[index]?.variable)]
        .every((tensor) =>
          !tensor ||
          (tensor.dtype === "float32" &&
            tf.util.arraysEqual(tensor.shape, value.shape))
        )
    );
}

/** The state of the variable at `index`, made of zeros where there is none. */
export function stateAt(
  states: OptimizerVariable[],
  index: number,
  { name, value }: Weight,
  suffix: string,
): tf.Variable {
  states[index] ??= {
    originalName: `${name}/${suffix}`,
    variable: tf.tidy(() => tf.zerosLike(value).variable(false)),
  };
  return states[index].variable;
}

/** Runs a kernel and gives its results to the variables, in order. */
export function assignResults(
  kernelName: string,
  inputs: Record<string, tf.Tensor>,
  attrs: Record<string, number | boolean>,
  variables: tf.Variable[],
): void {
  tf.tidy(() => {
    const results = tf.engine().runKernel(kernelName, inputs, attrs);
    [results].flat().forEach((result, index) =>
      variables[index]!.assign(result)
    );
  });
}
