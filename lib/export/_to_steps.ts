/**
 * From the layers of a network to steps.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { chainLayers, VIEWS } from "../model/mod.ts";
import type { Affine, Pads, Pair, Step, Window } from "./_steps.ts";

/** What comes into a layer. */
interface Incoming {
  /** Channels last, without the batch: [height, width, channels] or [features]. */
  shape: number[];
  /**
   * For each feature of the flat steps its place among those of the layers,
   * which are flattened channels last; undefined where both have one order.
   */
  order?: Uint32Array | undefined;
}

/** What a layer says of one of its settings. */
type Setting = tf.serialization.ConfigDictValue | undefined;

/** By the class of a layer: its steps, without those of its activation. */
const CONVERTERS: Record<
  string,
  (layer: tf.layers.Layer, incoming: Incoming) => Step[]
> = {
  Conv2D: convolutionSteps,
  Dense: denseSteps,
  BatchNormalization: (layer, incoming) => [normalization(layer, incoming)],
  MaxPooling2D: (layer, { shape }) => [
    { kind: "maxPool", ...poolWindow(layer, shape) },
  ],
  AveragePooling2D: (layer, { shape }) => [
    { kind: "averagePool", ...poolWindow(layer, shape) },
  ],
  GlobalMaxPooling2D: (layer) => globalPool(layer, "globalMaxPool"),
  GlobalAveragePooling2D: (layer) => globalPool(layer, "globalAveragePool"),
  Flatten: flattenSteps,
  Activation: () => [],
  Softmax: (layer, { shape }) => {
    demand(layer, "axis", [-1, shape.length]);
    return [{ kind: "softmax" }];
  },
  ReLU: (layer) => {
    demand(layer, "maxValue", [undefined, null]);
    return [{ kind: "relu" }];
  },
  Dropout: () => [],
  ShiftedViews: viewsSteps,
  MeanOfViews: (_, { shape }) => [
    { kind: "meanOfViews", views: VIEWS.length, features: shape[0]! },
  ],
};

/** Classes whose `activation` comes behind what else they do. */
const ACTIVATED = ["Conv2D", "Dense", "Activation"];

/**
 * @returns As many steps as it takes; the last one is the softmax.
 * @throws {TypeError} If the model is no chain, does not end in softmax, or has
 *   a layer that there are no steps for.
 */
export function toSteps(model: tf.LayersModel): Step[] {
  const layers = chainLayers(model);
  if (!layers) {
    throw new TypeError(
      "Cannot export the model as it must be a chain of layers: one of them joins several",
    );
  }
  const steps: Step[] = [];
  let incoming: Incoming = { shape: sizes(model.inputs[0]!.shape) };
  for (const layer of layers) {
    const shape = sizes(layer.outputShape as tf.Shape);
    steps.push(...layerSteps(layer, incoming));
    incoming = { shape, order: outgoingOrder(layer, incoming) };
  }
  if (incoming.order) {
    throw new TypeError(
      "Cannot export the model as a dense layer must stand behind Flatten: there is none",
    );
  }
  const first = steps.findIndex(({ kind }) => kind === "softmax");
  if (first === -1 || first < steps.length - 1) {
    throw new TypeError(
      `Cannot export the model as softmax must be its last step and nowhere else: current steps are ${
        steps.map(({ kind }) => kind).join(", ")
      }`,
    );
  }
  return steps;
}

function layerSteps(layer: tf.layers.Layer, incoming: Incoming): Step[] {
  const kind = layer.getClassName();
  const converter = Object.hasOwn(CONVERTERS, kind)
    ? CONVERTERS[kind]
    : undefined;
  if (!converter) {
    throw new TypeError(
      `${tried(layer)} as it must be one of ${
        Object.keys(CONVERTERS).join(", ")
      }: current layer is ${kind}`,
    );
  }
  const steps = converter(layer, incoming);
  if (!ACTIVATED.includes(kind)) return steps;
  const activation = demand(layer, "activation", ["relu", "linear", "softmax"]);
  return activation === "linear"
    ? steps
    : [...steps, { kind: activation as "relu" | "softmax" }];
}

function convolutionSteps(
  layer: tf.layers.Layer,
  { shape }: Incoming,
): Step[] {
  const config = layer.getConfig();
  demand(layer, "dataFormat", ["channelsLast", undefined]);
  const [filter, bias] = weightsOf(layer);
  const kernel = pair(config["kernelSize"]);
  const dilations = pair(config["dilationRate"] ?? 1);
  const inChannels = shape[2]!;
  const outChannels = config["filters"] as number;
  return [{
    kind: "convolution",
    ...windowOf(layer, shape, kernel, dilations),
    dilations,
    inChannels,
    filter: transposed(
      filter!,
      [kernel[0] * kernel[1], inChannels, outChannels],
    ),
    bias: bias ?? new Float64Array(outChannels),
  }];
}

/** Each view is a channel of a convolution whose kernel has a single 1. */
function viewsSteps(layer: tf.layers.Layer, { shape }: Incoming): Step[] {
  const [height, width, channels] = shape as [number, number, number];
  if (channels !== 1) {
    throw new TypeError(
      `${tried(layer)} as it must take one channel: it takes [${shape}]`,
    );
  }
  const filter = new Float64Array(VIEWS.length * 9);
  for (const [view, [down, right]] of VIEWS.entries()) {
    filter[view * 9 + 3 * (1 - down) + (1 - right)] = 1;
  }
  return [
    {
      kind: "convolution",
      kernel: [3, 3],
      strides: [1, 1],
      pads: [1, 1, 1, 1],
      dilations: [1, 1],
      inChannels: 1,
      filter,
      bias: new Float64Array(VIEWS.length),
    },
    { kind: "splitViews", size: [height, width] },
  ];
}

/** [area, in, out] as [out, in, area]. */
function transposed(
  values: Float64Array,
  [area, inputs, outputs]: [number, number, number],
): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0, from = 0; i < area; i++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++, from++) {
        result[(output * inputs + input) * area + i] = values[from]!;
      }
    }
  }
  return result;
}

function denseSteps(
  layer: tf.layers.Layer,
  { shape, order }: Incoming,
): Step[] {
  checkFlat(layer, shape);
  const [kernel, bias] = weightsOf(layer);
  const outputs = layer.getConfig()["units"] as number;
  const weights = order ? new Float64Array(kernel!.length) : kernel!;
  order?.forEach((from, to) => {
    const row = kernel!.subarray(from * outputs, (from + 1) * outputs);
    weights.set(row, to * outputs);
  });
  return [{
    kind: "dense",
    weights,
    bias: bias ?? new Float64Array(outputs),
  }];
}

/**
 * Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network
 * Training by Reducing Internal Covariate Shift", ICML 2015, algorithm 2.
 */
function normalization(
  layer: tf.layers.Layer,
  { shape, order }: Incoming,
): Affine {
  demand(layer, "axis", [-1, shape.length]);
  const { epsilon, scale: hasGamma, center: hasBeta } = layer.getConfig();
  const weights = weightsOf(layer);
  const gamma = hasGamma ? weights.shift() : undefined;
  const beta = hasBeta ? weights.shift() : undefined;
  const [mean, variance] = weights;
  const scale = variance!.map((value, i) =>
    (gamma?.[i] ?? 1) / Math.sqrt(value + (epsilon as number))
  );
  const shift = scale.map((value, i) => (beta?.[i] ?? 0) - mean![i]! * value);
  const inOrder = (values: Float64Array) =>
    order ? Float64Array.from(order, (from) => values[from]!) : values;
  return {
    kind: "affine",
    scale: inOrder(scale),
    shift: inOrder(shift),
    flat: shape.length === 1,
  };
}

function poolWindow(layer: tf.layers.Layer, shape: number[]): Window {
  demand(layer, "dataFormat", ["channelsLast", undefined]);
  return windowOf(layer, shape, pair(layer.getConfig()["poolSize"]), [1, 1]);
}

function globalPool(
  layer: tf.layers.Layer,
  kind: "globalMaxPool" | "globalAveragePool",
): Step[] {
  demand(layer, "dataFormat", ["channelsLast", undefined]);
  return [{ kind }, { kind: "flatten", area: 1 }];
}

function flattenSteps(layer: tf.layers.Layer, { shape }: Incoming): Step[] {
  demand(layer, "dataFormat", ["channelsLast", undefined]);
  if (shape.length === 1) return [];
  return [{ kind: "flatten", area: shape[0]! * shape[1]! }];
}

/** The order of the features behind a layer. */
function outgoingOrder(
  layer: tf.layers.Layer,
  { shape, order }: Incoming,
): Uint32Array | undefined {
  const kind = layer.getClassName();
  if (kind === "Dense") return undefined;
  if (kind !== "Flatten" || shape.length === 1) return order;
  const [height, width, channels] = shape as [number, number, number];
  const area = height * width;
  if (area === 1 || channels === 1) return undefined;
  return Uint32Array.from(
    { length: area * channels },
    (_, to) => (to % area) * channels + Math.floor(to / area),
  );
}

/**
 * Where the window moves, by TensorFlow's rule: padding the same, there is an
 * output for each stride, and an odd zero lies below or right.
 */
function windowOf(
  layer: tf.layers.Layer,
  shape: number[],
  kernel: Pair,
  dilations: Pair,
): Window {
  const padding = demand(layer, "padding", ["valid", "same"]);
  const strides = pair(layer.getConfig()["strides"] ?? kernel);
  const zeros = [0, 1].map((axis) => {
    if (padding === "valid") return 0;
    const span = (kernel[axis]! - 1) * dilations[axis]! + 1;
    const outputs = Math.ceil(shape[axis]! / strides[axis]!);
    const covered = (outputs - 1) * strides[axis]! + span;
    return Math.max(0, covered - shape[axis]!);
  });
  const before = zeros.map((count) => Math.floor(count / 2));
  const after = zeros.map((count) => Math.ceil(count / 2));
  return { kernel, strides, pads: [...before, ...after] as Pads };
}

/** A setting of a layer, which must be one of those that there are steps for. */
function demand<Value extends Setting>(
  layer: tf.layers.Layer,
  name: string,
  wanted: Value[],
): Value {
  const value: Setting = layer.getConfig()[name];
  if (wanted.includes(value as Value)) return value as Value;
  throw new TypeError(
    `${tried(layer)} as its ${name} must be ${
      wanted.filter((each) => each !== undefined && each !== null).join(
        " or ",
      ) || "left out"
    }: current ${name} is ${value}`,
  );
}

function checkFlat(layer: tf.layers.Layer, shape: number[]): void {
  if (shape.length === 1) return;
  throw new TypeError(
    `${
      tried(layer)
    } as it must stand behind Flatten or global pooling: it takes [${shape}]`,
  );
}

function tried(layer: tf.layers.Layer): string {
  return `Cannot export the layer ${layer.name}`;
}

function weightsOf(layer: tf.layers.Layer): Float64Array[] {
  return layer.weights.map((weight) =>
    Float64Array.from(weight.read().dataSync<"float32">())
  );
}

function sizes(shape: tf.Shape): number[] {
  return shape.slice(1) as number[];
}

function pair(size: Setting): Pair {
  return typeof size === "number"
    ? [size, size]
    : [...size as [number, number]];
}
