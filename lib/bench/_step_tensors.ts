/**
 * What the kernels of a training step meet: weights, activations, gradients.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { ConvReluPoolOptions } from "../kernels/mod.ts";
import type { Batch } from "../mnist/mod.ts";

/** How both layers of the network convolve and pool. */
export const LAYER: ConvReluPoolOptions = {
  strides: [1, 1],
  pad: "valid",
  poolSize: [2, 2],
};

/** A convolution with its ReLU and its pool, as a step meets it. */
export type LayerTensors = {
  x: tf.Tensor4D;
  filter: tf.Tensor4D;
  bias: tf.Tensor1D;
  /** Of the convolution, before bias and ReLU. */
  z: tf.Tensor4D;
  pooled: tf.Tensor4D;
  /** The pixel of z that each value of `pooled` comes from, -1 for none. */
  route: tf.Tensor4D;
  dPooled: tf.Tensor4D;
  /** As z, without a zero. */
  denseDz: tf.Tensor4D;
};

/** The step's tensors, all owned by the caller. */
export interface StepTensors {
  layers: [LayerTensors, LayerTensors];
  /** The dense layer's input, [batch, 1600], and weights, [1600, 10]. */
  flat: tf.Tensor2D;
  dense: tf.Tensor2D;
  /** [batch, 10]. */
  dLogits: tf.Tensor2D;
}

/**
 * @param model Of the architecture `small`.
 * @param seed Draws what is dropped, and the gradients without zeros.
 */
export function stepTensors(
  model: tf.LayersModel,
  { images, oneHot, size }: Batch,
  seed: number,
): StepTensors {
  return tf.tidy(() => {
    const [filter1, bias1, filter2, bias2, dense, bias] = model.getWeights()
      .map((weight) => weight.clone()) as [
        tf.Tensor4D,
        tf.Tensor1D,
        tf.Tensor4D,
        tf.Tensor1D,
        tf.Tensor2D,
        tf.Tensor1D,
      ];
    const x = tf.tensor4d(images, [size, 28, 28, 1]);
    const first = forward(x, filter1, bias1, seed);
    const second = forward(first.pooled, filter2, bias2, seed);
    const flat = second.pooled.reshape<tf.Tensor2D>([size, -1]);
    const kept = tf.dropout(tf.onesLike(flat), 0.5, undefined, seed);
    const logits = flat.mul(kept).matMul(dense).add(bias);
    const labels = tf.tensor2d(oneHot, [size, 10]);
    const dLogits = tf.softmax(logits).sub<tf.Tensor2D>(labels).div(size);
    const dPooled2 = dLogits.matMul(dense, false, true).mul(kept)
      .reshape<tf.Tensor4D>(second.pooled.shape);
    const [, , dPooled1] = layerGradients({ ...second, dPooled: dPooled2 });
    const layers: StepTensors["layers"] = [
      { ...first, dPooled: dPooled1! },
      { ...second, dPooled: dPooled2 },
    ];
    return {
      layers,
      flat,
      dense,
      dLogits: dLogits as tf.Tensor2D,
    };
  });
}

/** The kernel that runs forward in a step; gives y and its route. */
export function layerForward(
  { x, filter, bias }: Pick<LayerTensors, "x" | "filter" | "bias">,
): tf.Tensor4D[] {
  const attrs = { ...LAYER, withRoute: true };
  return runKernel("ConvReluPool", { x, filter, bias }, attrs);
}

/** The kernel that runs backward; gives dFilter, dBias and, asked for, dx. */
export function layerGradients(
  { x, filter, route, dPooled }: Omit<LayerTensors, "denseDz" | "z">,
  needsInputGradient = true,
): tf.Tensor4D[] {
  const inputs = { x, filter, route, dy: dPooled };
  return runKernel("ConvReluPoolGrad", inputs, {
    ...LAYER,
    needsInputGradient,
  });
}

/** Runs a kernel by its name, without the tape of the gradients. */
export function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attrs: object,
): tf.Tensor4D[] {
  const outputs = tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap);
  return [outputs].flat() as tf.Tensor4D[];
}

function forward(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  seed: number,
): Omit<LayerTensors, "dPooled"> {
  const [pooled, route] = layerForward({ x, filter, bias });
  const z = x.conv2d<tf.Tensor4D>(filter, 1, "valid");
  return {
    x,
    filter,
    bias,
    z,
    pooled: pooled!,
    route: route!,
    denseDz: tf.randomNormal<tf.Rank.R4>(
      z.shape as [number, number, number, number],
      0,
      1,
      "float32",
      seed,
    ),
  };
}
