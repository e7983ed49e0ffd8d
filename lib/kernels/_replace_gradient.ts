/**
 * Gradients of this room in place of those that TensorFlow.js puts together
 * from other ops.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The inputs and attributes with which the op ran. */
export interface GradientCall {
  dy: tf.Tensor;
  /** What the shipped gradient saves, in its order. */
  saved: tf.Tensor[];
  attrs: tf.NamedAttrMap;
}

/**
 * Replaces the gradient of a kernel where `isCovered` says so. Elsewhere the
 * shipped one stays: on other backends, and where the gradient is itself to be
 * differentiated, for which it needs ops that have gradients.
 *
 * @param gradient The gradients by the name of the input, made when asked for.
 */
export function replaceGradient(
  kernelName: string,
  isCovered: (call: GradientCall) => boolean,
  gradient: (call: GradientCall) => Record<string, () => tf.Tensor>,
): void {
  const shipped = tf.getGradient(kernelName);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    ...shipped,
    gradFunc: (dy, saved, attrs) => {
      const call = { dy: dy as tf.Tensor, saved, attrs };
      const isOurs = tf.getBackend() === "wasm" &&
        tf.engine().state.gradientDepth === 0 && isCovered(call);
      return isOurs ? gradient(call) : shipped.gradFunc(dy, saved, attrs);
    },
  });
}
