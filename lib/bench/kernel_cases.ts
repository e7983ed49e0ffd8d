/**
 * The kernels of a training step, each alone, on what it meets in one.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  directConv2d,
  directConv2dInputGradient,
  forwardProducts,
} from "../kernels/mod.ts";
import type { Batch } from "../mnist/mod.ts";
import { createModel } from "../model/mod.ts";
import {
  layerForward,
  layerGradients,
  type LayerTensors,
  runKernel,
  stepTensors,
} from "./_step_tensors.ts";

/** A kernel to time. */
export interface KernelCase {
  name: string;
  /**
   * `step`: the convolutions as the trainer runs them, with ReLU and pool, on
   * a step's own gradients. `dense`: plain convolutions with every product of
   * the definition, on gradients without a zero to leave out. `other`: the rest
   * of a step.
   */
  group: "step" | "dense" | "other";
  /**
   * Floating-point operations of a call by the definition: two for each
   * product that is summed, one for each value that a pool looks at, twelve
   * for each parameter of Adam.
   */
  flop: number;
  /**
   * Operations of that kind that are done: fewer where Winograd's algorithm
   * multiplies less, or zeros of the gradient are left out.
   */
  done: number;
  /** One call. */
  run(): void;
}

/** Kernels that share their tensors. */
export interface KernelCases {
  cases: KernelCase[];
  /** Frees the tensors. */
  close(): void;
}

/** For each parameter: three for m, four for v, five for the step. */
const ADAM_FLOP = 12;

/** Attributes of the plain convolutions. */
const PLAIN = { strides: 1, pad: "valid", dataFormat: "NHWC" };

/**
 * @param batch Real images: a shard of a training batch.
 * @param seed Draws the weights of the network and its dropout.
 */
export function kernelCases(batch: Batch, seed: number): KernelCases {
  const model = createModel("small", seed);
  const { layers, flat, dense, dLogits } = stepTensors(model, batch, seed);
  const [first, second] = layers;
  const optimizer = tf.train.adam(1e-3);
  const gradients = model.trainableWeights.map((weight) => ({
    name: (weight.read() as tf.Variable).name,
    tensor: tf.ones(weight.shape as number[]),
  }));
  const other = (name: string, flop: number, run: () => unknown) =>
    timed(name, "other", flop, 1, run);
  const product = 2 * flat.size * dLogits.shape[1];
  return {
    cases: [
      ...stepCases("layer 1", first, false),
      ...stepCases("layer 2", second, true),
      ...denseCases("conv 1", first, false),
      ...denseCases("conv 2", second, true),
      other("max pool", first.z.size, () => first.z.maxPool(2, 2, "valid")),
      other("max pool gradient", first.z.size, () => maxPoolGradient(first)),
      other("dense forward", product, () => flat.matMul(dense)),
      other("dense weight gradient", product, () => flat.matMul(dLogits, true)),
      other(
        "dense input gradient",
        product,
        () => dLogits.matMul(dense, false, true),
      ),
      other(
        "Adam",
        ADAM_FLOP * model.countParams(),
        () => optimizer.applyGradients(gradients),
      ),
    ],
    close: () => {
      const tensors = gradients.map(({ tensor }) => tensor);
      tf.dispose([layers.map(Object.values), flat, dense, dLogits, tensors]);
      optimizer.dispose();
      model.dispose();
    },
  };
}

/** As the trainer runs them. */
function stepCases(
  name: string,
  layer: LayerTensors,
  needsInputGradient: boolean,
): KernelCase[] {
  const flop = passFlop(layer);
  return [
    timed(
      `${name} forward`,
      "step",
      flop,
      forwardShare(layer),
      () => layerForward(layer),
    ),
    timed(
      `${name} ${needsInputGradient ? "filter and input" : "filter"} gradient`,
      "step",
      needsInputGradient ? 2 * flop : flop,
      routedShare(layer),
      () => layerGradients(layer, needsInputGradient),
    ),
  ];
}

/** As they stand in a network without pools. */
function denseCases(
  name: string,
  layer: LayerTensors,
  needsInputGradient: boolean,
): KernelCase[] {
  const flop = passFlop(layer);
  const { x, filter, denseDz: dy } = layer;
  const cases = [
    timed(
      `${name} forward`,
      "dense",
      flop,
      1,
      () => directConv2d(x, filter),
    ),
    timed(
      `${name} filter gradient`,
      "dense",
      flop,
      1,
      () =>
        runKernel("Conv2DBackpropFilter", { x, dy }, {
          ...PLAIN,
          filterShape: filter.shape,
        }),
    ),
  ];
  if (!needsInputGradient) return cases;
  return [
    ...cases,
    timed(
      `${name} input gradient`,
      "dense",
      flop,
      1,
      () => directConv2dInputGradient(dy, filter, x.shape),
    ),
  ];
}

/** @param share Of the operations that is done. */
function timed(
  name: string,
  group: KernelCase["group"],
  flop: number,
  share: number,
  run: () => unknown,
): KernelCase {
  const once = () => tf.tidy(() => void run());
  return { name, group, flop, done: flop * share, run: once };
}

/** Of one pass: forward, input gradient and filter gradient cost the same. */
function passFlop({ z, filter }: LayerTensors): number {
  const [height, width, inChannels] = filter.shape;
  return 2 * z.size * height * width * inChannels;
}

/** What forward multiplies, of what the definition does. */
function forwardShare(layer: LayerTensors): number {
  const { x, filter } = layer;
  const info = tf.backend_util
    .computeConv2DInfo(x.shape, filter.shape, 1, 1, "valid");
  return 2 * forwardProducts(info, true) / passFlop(layer);
}

/** What the gradients multiply: what won a pool and was not dropped. */
function routedShare({ route, dPooled, z }: LayerTensors): number {
  const routes = route.dataSync<"int32">();
  const gradients = dPooled.dataSync<"float32">();
  const isRouted = (index: number) =>
    routes[index]! >= 0 && gradients[index] !== 0;
  const routed = routes.reduce(
    (sum, _, index) => sum + Number(isRouted(index)),
    0,
  );
  return routed / z.size;
}

function maxPoolGradient({ z, pooled, dPooled }: LayerTensors) {
  const inputs = { dy: dPooled, input: z, output: pooled };
  return runKernel("MaxPoolGrad", inputs, {
    filterSize: 2,
    strides: 2,
    pad: "valid",
  });
}
