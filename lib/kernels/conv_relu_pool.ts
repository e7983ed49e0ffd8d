/**
 * Convolution, bias, ReLU and max pooling as one operation with a gradient.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The sizes that are no part of the tensors' shapes. */
export interface ConvReluPoolOptions {
  /** Of the convolution. */
  strides: [height: number, width: number];
  /** Of the convolution. */
  pad: "valid" | "same";
  /** Window and stride of the pooling, which does not pad. */
  poolSize: [height: number, width: number];
}

/**
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param bias [outChannels].
 * @returns [batch, floor(outHeight / poolHeight), floor(outWidth / poolWidth),
 *   outChannels], with outHeight and outWidth those of the convolution.
 */
export function convReluPool(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  { strides, pad, poolSize }: ConvReluPoolOptions,
): tf.Tensor4D {
  return tf.tidy(() =>
    x.conv2d(filter, strides, pad).add(bias).relu<tf.Tensor4D>()
      .maxPool(poolSize, poolSize, "valid")
  );
}
