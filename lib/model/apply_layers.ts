/**
 * Running a network with the project's fused kernels.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { convReluPool, type ConvReluPoolOptions } from "../kernels/mod.ts";
import { chainLayers } from "./chain_layers.ts";
import { ViewsLayer } from "./shifted_views.ts";

/** How a network is run. */
export interface ApplyOptions {
  /** True with dropout on and batch norm by the batch's own statistics. */
  training: boolean;
  /**
   * True for the values before the last softmax, of which a loss is computed
   * without rounding to 0 and 1; where there is none to leave out, the
   * logarithms of the results, which have the same softmax.
   */
  logits?: boolean;
  /**
   * True to look at each image once where the network takes the mean of several
   * views: quicker, and wrong a little more often. In training it always does.
   */
  oneView?: boolean;
}

/** One or more layers of a chain, as a function. */
type Stage = (x: tf.Tensor, training: boolean) => tf.Tensor;

/** A chain of layers, ready to run. */
interface Chain {
  /** All layers but a last softmax. */
  stages: Stage[];
  /** What comes last: the probabilities out of the logits. */
  softmax: boolean;
}

/** Where a probability of 0 is taken for this, so that its logarithm is finite. */
const EPSILON = 1e-7;

/** What is known of a model that is a plain chain. */
interface Chains {
  whole: Chain;
  /** Without the layers of views. */
  oneView: Chain;
}

/** By the output of the model, which is another one after `add()`. */
const known = new WeakMap<tf.SymbolicTensor, Chains | undefined>();

/**
 * Does what `model.apply()` does, with the variables of its own layers. A chain
 * of layers, as any `tf.sequential()` is, runs layer by layer, and a
 * convolution with ReLU that is followed by max pooling as one operation.
 *
 * @param x [batch, …] as the model takes it.
 * @returns [batch, …] as the model gives it.
 */
export function applyLayers(
  model: tf.LayersModel,
  x: tf.Tensor,
  { training, logits = false, oneView = false }: ApplyOptions,
): tf.Tensor {
  return tf.tidy(() => {
    const chains = chainsOf(model);
    if (!chains) {
      const y = model.apply(x, { training }) as tf.Tensor;
      return logits ? toLogits(y) : y;
    }
    // Views pass on all in training: left out, they hide no first convolution,
    // which needs no gradient of its input.
    const chain = training || oneView ? chains.oneView : chains.whole;
    let y = x;
    for (const stage of chain.stages) y = stage(y, training);
    if (chain.softmax) return logits ? y : tf.softmax(y);
    return logits ? toLogits(y) : y;
  });
}

function toLogits(probabilities: tf.Tensor): tf.Tensor {
  return probabilities.clipByValue(EPSILON, 1).log();
}

/** Undefined where the model is no plain chain. */
function chainsOf(model: tf.LayersModel): Chains | undefined {
  const [output] = model.outputs;
  if (!known.has(output!)) {
    const layers = chainLayers(model);
    known.set(output!, layers && toChains(layers));
  }
  return known.get(output!);
}

function toChains(layers: tf.layers.Layer[]): Chains {
  const own = layers.filter((layer) => !(layer instanceof ViewsLayer));
  return { whole: toChain(layers), oneView: toChain(own) };
}

function toChain(layers: tf.layers.Layer[]): Chain {
  const stages: Stage[] = [];
  for (let index = 0; index < layers.length; index++) {
    const layer = layers[index]!;
    const fused = fusedStage(layer, layers[index + 1], index > 0);
    if (fused) index++; // The pooling is done with.
    stages.push(
      fused ?? ((x, training) => layer.apply(x, { training }) as tf.Tensor),
    );
  }
  const withoutSoftmax = logitsStage(layers.at(-1)!);
  if (!withoutSoftmax) return { stages, softmax: false };
  return { stages: [...stages.slice(0, -1), withoutSoftmax], softmax: true };
}

/** A convolution with ReLU and the pooling after it, where they are such. */
function fusedStage(
  conv: tf.layers.Layer,
  pool: tf.layers.Layer | undefined,
  needsInputGradient: boolean,
): Stage | undefined {
  if (
    conv.getClassName() !== "Conv2D" ||
    pool?.getClassName() !== "MaxPooling2D"
  ) {
    return undefined;
  }
  const of = conv.getConfig() as unknown as ConvConfig;
  const after = pool.getConfig() as unknown as PoolConfig;
  const fuses = of.activation === "relu" && of.useBias &&
    isChannelsLast(of) && isChannelsLast(after) &&
    pair(of.dilationRate ?? 1).every((rate) => rate === 1) &&
    after.padding === "valid" &&
    pair(after.strides ?? after.poolSize).join() ===
      pair(after.poolSize).join();
  if (!fuses) return undefined;
  const options: ConvReluPoolOptions = {
    strides: pair(of.strides),
    pad: of.padding,
    poolSize: pair(after.poolSize),
    needsInputGradient,
  };
  return (x) =>
    convReluPool(
      x as tf.Tensor4D,
      conv.weights[0]!.read() as tf.Tensor4D,
      conv.weights[1]!.read() as tf.Tensor1D,
      options,
    );
}

/** The last layer without its softmax, where it is a dense one with softmax. */
function logitsStage(layer: tf.layers.Layer): Stage | undefined {
  const { activation, useBias } = layer.getConfig();
  const isSoftmax = layer.getClassName() === "Dense" &&
    activation === "softmax" && layer.outputShape.length === 2;
  if (!isSoftmax) return undefined;
  return (x) => {
    const y = x.matMul(layer.weights[0]!.read());
    return useBias ? y.add(layer.weights[1]!.read()) : y;
  };
}

/** What a convolution's `getConfig()` says, in its own names. */
interface ConvConfig {
  strides: number | number[];
  padding: "valid" | "same";
  dataFormat?: string;
  dilationRate?: number | number[];
  activation: string;
  useBias: boolean;
}

/** What a pooling layer's `getConfig()` says. */
interface PoolConfig {
  poolSize: number | number[];
  strides?: number | number[];
  padding: string;
  dataFormat?: string;
}

function isChannelsLast({ dataFormat }: { dataFormat?: string }): boolean {
  return (dataFormat ?? "channelsLast") === "channelsLast";
}

function pair(size: number | number[]): [number, number] {
  return typeof size === "number" ? [size, size] : [size[0]!, size[1]!];
}
