/**
 * How many weights the layers of a saved network need, told without building
 * them: TensorFlow.js allocates and fills whatever a file asks for, before it
 * looks at the weights that are there.
 *
 * @module
 */

/** A network that is a chain has hardly more; each takes time to build. */
const MOST_LAYERS = 1000;

/** Values of an input, and of a side of a kernel. */
const MOST_VALUES = 1e6;

/** What a layer is made from, as it is stored. */
type Config = Record<string, unknown>;

/** Shape of what comes out of a layer, without the batch, and its weights. */
interface Outcome {
  shape: number[];
  weights: number;
}

/**
 * The layers that are known; none makes more out of its input than it needs,
 * but for the views, which there is one pair of.
 */
const LAYERS: Record<string, (config: Config, shape: number[]) => Outcome> = {
  InputLayer: (_, shape) => ({ shape, weights: 0 }),
  Dropout: (_, shape) => ({ shape, weights: 0 }),
  Activation: (_, shape) => ({ shape, weights: 0 }),
  ReLU: (_, shape) => ({ shape, weights: 0 }),
  LeakyReLU: (_, shape) => ({ shape, weights: 0 }),
  Softmax: (_, shape) => ({ shape, weights: 0 }),
  MaxPooling2D: (config, shape) => pool(config, shape),
  AveragePooling2D: (config, shape) => pool(config, shape),
  GlobalAveragePooling2D: (_, shape) => ({
    shape: shape.slice(-1),
    weights: 0,
  }),
  Flatten: (_, shape) => ({ shape: [product(shape)], weights: 0 }),
  ShiftedViews: (_, shape) => ({ shape: picture(shape), weights: 0 }),
  MeanOfViews: (_, shape) => ({ shape: flat(shape), weights: 0 }),

  BatchNormalization: (config, shape) => {
    const given = ["center", "scale"].filter((key) => config[key] !== false);
    return { shape, weights: (2 + given.length) * shape.at(-1)! };
  },

  Dense: (config, shape) => {
    const units = size(config, "units");
    const bias = config["use_bias"] === false ? 0 : units;
    return {
      shape: [...shape.slice(0, -1), units],
      weights: shape.at(-1)! * units + bias,
    };
  },

  Conv2D: (config, shape) => {
    const filters = size(config, "filters");
    const kernel = sizes(config, "kernel_size");
    const bias = config["use_bias"] === false ? 0 : filters;
    const dilation = sizes(config, "dilation_rate", [1, 1]);
    const reach = kernel.map((side, i) => (side - 1) * dilation[i]! + 1);
    const strides = sizes(config, "strides", [1, 1]);
    return {
      shape: [...windows(config, shape, reach, strides), filters],
      weights: product(kernel) * shape.at(-1)! * filters + bias,
    };
  },
};

/**
 * Counts the weights of a chain of layers.
 *
 * @param topology As in `model.json`.
 * @throws {Error} If it is no chain of layers that are known, with what came.
 */
export function countWeights(topology: unknown): number {
  const top = asObject(topology, "the topology");
  const model = asObject(top["model_config"] ?? top, "the topology");
  if (model["class_name"] !== "Sequential") {
    throw new Error(`it is a ${shown(model["class_name"])}`);
  }
  const { config } = model;
  const layers = Array.isArray(config)
    ? config
    : asObject(config, "the network")["layers"];
  if (!Array.isArray(layers) || layers.length > MOST_LAYERS) {
    throw new Error(`its layers are ${shown(layers)}`);
  }
  let shape: number[] | undefined;
  let weights = 0;
  let hasViews = false;
  for (const [index, layer] of layers.entries()) {
    const { class_name: name, config } = asObject(layer, `layer ${index}`);
    const outcome = Object.hasOwn(LAYERS, String(name))
      ? LAYERS[String(name)]
      : undefined;
    if (!outcome) throw new Error(`layer ${index} is a ${shown(name)}`);
    const settings = asObject(config, `layer ${index}`);
    if (index === 0) shape = inputShape(settings);
    if (settings["data_format"] === "channels_first") {
      throw new Error(`layer ${index} has its channels first`);
    }
    if (name === "ShiftedViews" && hasViews) {
      throw new Error(`layer ${index} makes views of views`);
    }
    if (name === "MeanOfViews" && !hasViews) {
      throw new Error(`layer ${index} has no views to take the mean of`);
    }
    if (name === "ShiftedViews") hasViews = true;
    if (name === "MeanOfViews") hasViews = false;
    const came = outcome(settings, shape!);
    shape = came.shape;
    weights += came.weights;
    if (product(shape) === 0) {
      throw new Error(`nothing comes out of layer ${index}`);
    }
  }
  if (hasViews) throw new Error("it takes no mean of its views");
  return weights;
}

/** Of the first layer: what goes in, without the batch. */
function inputShape(config: Config): number[] {
  const shape = config["batch_input_shape"];
  if (
    Array.isArray(shape) && shape.length >= 2 && shape.length <= 5 &&
    shape.slice(1).every(isSize) && product(shape.slice(1)) <= MOST_VALUES
  ) {
    return shape.slice(1);
  }
  throw new Error(`its input has the shape ${shown(shape)}`);
}

function pool(config: Config, shape: number[]): Outcome {
  const window = sizes(config, "pool_size");
  const strides = sizes(config, "strides", window);
  return {
    shape: [...windows(config, shape, window, strides), shape.at(-1)!],
    weights: 0,
  };
}

/** [height, width, channels]. */
function picture(shape: number[]): number[] {
  if (shape.length !== 3) throw new Error(`a picture was ${shown(shape)}`);
  return shape;
}

/** [features]. */
function flat(shape: number[]): number[] {
  if (shape.length !== 1) throw new Error(`features were ${shown(shape)}`);
  return shape;
}

/** How often a window fits, down and across. */
function windows(
  config: Config,
  shape: number[],
  window: number[],
  strides: number[],
): number[] {
  picture(shape);
  return window.map((side, i) => {
    const room = config["padding"] === "same"
      ? shape[i]!
      : shape[i]! - side + 1;
    return Math.max(0, Math.ceil(room / strides[i]!));
  });
}

/** A whole number above 0. */
function size(config: Config, key: string): number {
  const value = config[key];
  if (isSize(value)) return value;
  throw new Error(`${key} is ${shown(value)}`);
}

/** Two of them, down and across; one counts for both. */
function sizes(config: Config, key: string, otherwise?: number[]): number[] {
  const value = config[key] ?? otherwise;
  const pair = Array.isArray(value) ? value : [value, value];
  if (pair.length === 2 && pair.every(isSize)) return pair;
  throw new Error(`${key} is ${shown(value)}`);
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 &&
    Number(value) <= MOST_VALUES;
}

function product(sizes: number[]): number {
  return sizes.reduce((all, each) => all * each, 1);
}

function asObject(value: unknown, what: string): Config {
  if (typeof value === "object" && value !== null) return value as Config;
  throw new Error(`${what} is ${shown(value)}`);
}

/** As in JSON, as far as a sentence has room. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 60);
}
