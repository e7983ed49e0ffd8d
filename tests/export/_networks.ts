/** Networks that are hard to export, each with the nodes that it must become. @module */

import * as tf from "@tensorflow/tfjs";
import { MeanOfViews, ShiftedViews } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

interface Network {
  layers: () => tf.layers.Layer[];
  /** Operators of the graph, up to the logits. */
  nodes: string;
}

const conv = (
  filters: number,
  kernelSize: number | [number, number],
  options: Partial<Parameters<typeof tf.layers.conv2d>[0]> = {},
) => tf.layers.conv2d({ filters, kernelSize, activation: "relu", ...options });
const norm = () => tf.layers.batchNormalization();
const relu = () => tf.layers.activation({ activation: "relu" });
const maxPool = (poolSize = 2) => tf.layers.maxPooling2d({ poolSize });
const flatten = () => tf.layers.flatten();
const dense = (units = 11) =>
  tf.layers.dense({ units, activation: units < 12 ? "softmax" : "relu" });
const plain = { activation: "linear", useBias: false } as const;
/** Its scales are negative for some channels. */
const turning = () => tf.layers.batchNormalization({ name: "turning" });
/** Its shifts are all 0. */
const scaling = () =>
  tf.layers.batchNormalization({ center: false, name: "scaling" });

export const NETWORKS: Record<string, Network> = {
  "batch norm between a convolution and its ReLU": {
    layers: () => [
      ...[conv(4, 3, plain), norm(), relu(), maxPool()],
      ...[conv(6, 3, { ...plain, padding: "same" }), norm(), relu()],
      ...[maxPool(), tf.layers.dropout({ rate: 0.5 }), flatten(), dense()],
    ],
    nodes: "Conv Relu MaxPool Conv Relu MaxPool Flatten Gemm",
  },
  "batch norm behind a ReLU, before a convolution without padding": {
    layers:
      () => [conv(4, 3), norm(), conv(5, 3), maxPool(), flatten(), dense()],
    nodes: "Conv Relu Conv Relu MaxPool Flatten Gemm",
  },
  "batch norm behind a ReLU, before a convolution with padding": {
    layers: () => [
      ...[conv(4, 3), norm(), conv(5, 3, { padding: "same" }), maxPool(4)],
      ...[flatten(), dense()],
    ],
    nodes: "Conv Relu Mul Add Conv Relu MaxPool Flatten Gemm",
  },
  "a scale without a shift, before a convolution with padding": {
    layers: () => [
      ...[conv(4, 3), scaling(), conv(5, 3, { padding: "same" }), maxPool(4)],
      ...[flatten(), dense()],
    ],
    nodes: "Conv Relu Conv Relu MaxPool Flatten Gemm",
  },
  "batch norm behind a pool, before flatten and dense": {
    layers: () => [
      ...[conv(4, 3), maxPool(4), norm(), flatten(), dense(20), norm()],
      dense(10),
    ],
    nodes: "Conv Relu MaxPool Flatten Gemm Relu Gemm",
  },
  "batch norm with negative scales before a max pool": {
    layers: () => [
      ...[conv(4, 3), turning(), maxPool(), conv(4, 3), maxPool(4)],
      ...[flatten(), dense(10)],
    ],
    nodes: "Conv Relu Mul Add MaxPool Conv Relu MaxPool Flatten Gemm",
  },
  "batch norm behind pools of a convolution without ReLU": {
    layers: () => [
      ...[conv(4, 3, plain), maxPool(), norm(), relu()],
      ...[conv(5, 3, plain), averagePool("same"), norm(), relu()],
      ...[flatten(), dense()],
    ],
    nodes: "Conv MaxPool Relu Conv AveragePool Relu Flatten Gemm",
  },
  "batch norm of features, in the order of the layers": {
    layers: () => [conv(4, 3), maxPool(4), flatten(), norm(), relu(), dense()],
    nodes: "Conv Relu MaxPool Flatten Mul Add Relu Gemm",
  },
  "batch norm behind a dense layer, and twice": {
    layers: () => [
      ...[flatten(), tf.layers.dense({ units: 30, useBias: false }), norm()],
      ...[norm(), relu(), tf.layers.dense({ units: 11 })],
      tf.layers.activation({ activation: "softmax" }),
    ],
    nodes: "Flatten Gemm Relu Gemm",
  },
  "batch norm first, and last": {
    layers: () => [
      norm(),
      flatten(),
      dense(40),
      tf.layers.dense({ units: 10 }),
      norm(),
      tf.layers.softmax(),
    ],
    nodes: "Flatten Gemm Relu Gemm",
  },
  "strides, dilation, kernels that are not square": {
    layers: () => [
      conv(4, [2, 3], { strides: [2, 1], padding: "same" }),
      conv(5, 3, { dilationRate: 2, padding: "same" }),
      tf.layers.maxPooling2d({ poolSize: [3, 2], strides: 2, padding: "same" }),
      ...[conv(6, [3, 1], { strides: 2 }), flatten(), dense()],
    ],
    nodes: "Conv Relu Conv Relu MaxPool Conv Relu Flatten Gemm",
  },
  "views, batch norm before their mean": {
    layers: () => [
      ...[new ShiftedViews({}), conv(4, 3), maxPool(4), flatten(), dense(12)],
      ...[norm(), new MeanOfViews({}), dense()],
    ],
    nodes:
      "Conv Reshape Conv Relu MaxPool Flatten Gemm Relu Reshape ReduceMean Gemm",
  },
  "global average pooling, all of it without dense layers": {
    layers: () => [
      ...[conv(4, 3), maxPool(), conv(11, 1, { activation: "linear" })],
      tf.layers.globalAveragePooling2d({}),
      tf.layers.softmax(),
    ],
    nodes: "Conv Relu MaxPool Conv GlobalAveragePool Flatten",
  },
  "global pooling of both kinds with batch norm behind it": {
    layers: () => [
      ...[conv(4, 3), tf.layers.globalMaxPooling2d({}), norm(), dense(12)],
      ...[dense(10)],
    ],
    nodes: "Conv Relu GlobalMaxPool Flatten Gemm Relu Gemm",
  },
  "global average pooling of a convolution, batch norm, ReLU": {
    layers: () => [
      ...[conv(14, 3, plain), tf.layers.globalAveragePooling2d({}), norm()],
      ...[tf.layers.reLU(), dense(10)],
    ],
    nodes: "Conv GlobalAveragePool Flatten Relu Gemm",
  },
};

/** @returns A model whose weights are all random, as if it had been trained. */
export function buildNetwork(name: string): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [28, 28, 1] }),
      ...NETWORKS[name]!.layers(),
    ],
  });
  scatterWeights(model, name);
  return model;
}

/** Weights as they may be after training: of different sizes, some negative. */
export function scatterWeights(model: tf.LayersModel, name: string): void {
  const random = createRandom(7, name);
  const between = (low: number, high: number) =>
    low + (high - low) * random.next();
  for (const weight of model.weights) {
    const shape = weight.shape as number[];
    const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const draw = {
      kernel: () => between(-2, 2) / Math.sqrt(fanIn),
      gamma: () =>
        between(0.5, 1.5) *
        (weight.originalName.startsWith("turning") ? random.next() - 0.5 : 1),
      moving_variance: () => between(0.2, 2),
      moving_mean: () =>
        between(-0.5, 0.5) *
        (weight.originalName.startsWith("scaling") ? 0 : 1),
    }[weight.originalName.split("/").at(-1)!] ?? (() => between(-0.5, 0.5));
    const values = Float32Array.from(
      { length: tf.util.sizeFromShape(shape) },
      draw,
    );
    const tensor = tf.tensor(values, shape);
    weight.write(tensor);
    tensor.dispose();
  }
}

function averagePool(padding: "same" | "valid"): tf.layers.Layer {
  return tf.layers.averagePooling2d({ poolSize: 3, strides: 2, padding });
}
