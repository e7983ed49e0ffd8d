/**
 * Softmax cross-entropy as one operation with a gradient. TensorFlow.js puts it
 * together from some twenty small ops, of which each costs more to call than to
 * compute.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { runWithGradient } from "./_run_with_gradient.ts";

/**
 * The mean over the batch of −log softmax(logits) at the true class, in nats.
 * Computed from differences to the greatest logit, so that none overflows.
 *
 * Where the kernel is not registered, as on another backend, and for other
 * dtypes it is `tf.losses.softmaxCrossEntropy()`. Neither has gradients of
 * gradients.
 *
 * @param logits [batch, classes], what the last layer gives without softmax.
 * @param oneHot [batch, classes], float32, each row with the sum 1; a constant,
 *   which has no gradient.
 * @returns A scalar.
 * @throws {TypeError} If the shapes differ.
 *
 * @example Two classes that are equally likely
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 *
 * const logits = tf.tensor2d([3, 3], [1, 2]);
 * const loss = softmaxCrossEntropy(logits, tf.tensor2d([1, 0], [1, 2]));
 * assertAlmostEquals(loss.dataSync()[0]!, Math.log(2), 1e-6);
 * ```
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  oneHot: tf.Tensor2D,
): tf.Scalar {
  if (!tf.util.arraysEqual(logits.shape, oneHot.shape)) {
    throw new TypeError(
      `Cannot compute the cross-entropy as logits and oneHot must have one shape: current shapes are [${logits.shape}] and [${oneHot.shape}]`,
    );
  }
  const isCovered = tf.getKernel(KERNEL, tf.getBackend()) &&
    logits.dtype === "float32" && oneHot.dtype === "float32";
  if (!isCovered) {
    return tf.losses.softmaxCrossEntropy(oneHot, logits).asScalar();
  }
  return runWithGradient(
    KERNEL,
    { logits },
    () => {
      const [losses, dLogits] = tf.engine().runKernel(KERNEL, {
        logits,
        oneHot,
      }) as [tf.Tensor, tf.Tensor];
      return [losses.mean<tf.Scalar>(), dLogits];
    },
    (dy, [dLogits]) => ({ logits: () => dLogits!.mul(dy) }),
  );
}

const KERNEL = "SoftmaxCrossEntropy";
