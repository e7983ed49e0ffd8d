/**
 * The forward convolution with every multiplication of its definition: what the
 * benchmarks hold against the machine's peak, which Winograd's algorithm passes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { convolveDirectly } from "./_convolve.ts";
import { allocate } from "./_wasm_backend.ts";

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
