/**
 * The convolution and its input gradient with every multiplication of their
 * definitions: what the benchmarks hold against the machine's peak, which
 * Winograd's algorithm passes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { convolveDirectly } from "./_convolve.ts";
import { allocate } from "./_wasm_backend.ts";
import { inputGradientDirectly } from "./conv2d_backprop_input.ts";

/**
 * Convolves with stride 1 and without padding, on the WASM backend.
 *
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @returns [batch, outHeight, outWidth, outChannels].
 */
export function directConv2d(x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const backend = tf.backend() as BackendWasm;
  const info = tf.backend_util
    .computeConv2DInfo(x.shape, filter.shape, 1, 1, "valid");
  const y = allocate(backend, info.outShape);
  convolveDirectly(backend, { x, filter }, info, y, false);
  return tf.engine().makeTensorFromTensorInfo(y) as tf.Tensor4D;
}

/**
 * The input gradient of the same.
 *
 * @param dy [batch, outHeight, outWidth, outChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param inputShape [batch, inHeight, inWidth, inChannels].
 * @returns Of that shape.
 */
export function directConv2dInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: tf.Tensor4D["shape"],
): tf.Tensor4D {
  const backend = tf.backend() as BackendWasm;
  const info = tf.backend_util
    .computeConv2DInfo(inputShape, filter.shape, 1, 1, "valid");
  const dx = allocate(backend, inputShape);
  inputGradientDirectly(backend, { dy, filter }, info, dx, false);
  return tf.engine().makeTensorFromTensorInfo(dx) as tf.Tensor4D;
}
