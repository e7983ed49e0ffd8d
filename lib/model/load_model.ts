/**
 * Loading a network that was saved in the tfjs layers format.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { fileError, readLimited } from "../files/mod.ts";
import { countWeights } from "./_check_layers.ts";
import { predict } from "./predict.ts";
import { withSeededDropout } from "./seeded_dropout.ts";

/** Bytes of `model.json`. */
const MOST_JSON_BYTES = 10e6;
/** Bytes of `weights.bin`: fifty million weights. */
const MOST_WEIGHT_BYTES = 200e6;

/**
 * Nothing is built that the weights in the file do not account for.
 *
 * @param folder Holds `model.json` and the weights that it names.
 * @returns A model that takes [batch, 28, 28, 1] and gives [batch, 10] or
 *   [batch, 11], owned by the caller.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {RangeError} If a file is far too large.
 * @throws {SyntaxError} If a file is damaged, or holds another kind of network.
 * @throws {TypeError} If the model takes or gives other shapes.
 */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const tried = `Cannot load the model in ${folder}`;
  const text = new TextDecoder().decode(
    await readPart(tried, folder, "model.json", MOST_JSON_BYTES),
  );
  const json = parseModelJson(tried, text);
  const weightSpecs = json.weightsManifest.flatMap(({ weights }) => weights);
  const wanted = weightSpecs.reduce(
    (bytes, { shape }) => bytes + 4 * tf.util.sizeFromShape(shape),
    0,
  );
  const needed = 4 * layerWeights(tried, json.modelTopology);
  if (wanted !== needed) {
    throw new SyntaxError(
      `${tried} as model.json must list the ${needed} bytes of weights that its layers have: it lists ${wanted}`,
    );
  }
  const weights = await readPart(
    tried,
    folder,
    "weights.bin",
    MOST_WEIGHT_BYTES,
  );
  if (weights.length !== wanted) {
    throw new SyntaxError(
      `${tried} as weights.bin must have ${wanted} bytes: current length is ${weights.length}`,
    );
  }
  if (!new Float32Array(weights.buffer).every(Number.isFinite)) {
    throw new SyntaxError(
      `${tried} as weights.bin must hold finite numbers: some are not`,
    );
  }
  const model = await buildModel(tried, {
    modelTopology: json.modelTopology,
    weightSpecs,
    weightData: weights.buffer,
  });
  try {
    checkModel(tried, model);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/** Fails for a model of other shapes, and one that gives no numbers. */
function checkModel(tried: string, model: tf.LayersModel): void {
  const shapes = `${
    JSON.stringify(model.inputs.map(({ shape }) => shape))
  } to ${JSON.stringify(model.outputs.map(({ shape }) => shape))}`;
  if (!/^\[\[null,28,28,1\]\] to \[\[null,1[01]\]\]$/.test(shapes)) {
    throw new TypeError(
      `${tried} as it must take [[null,28,28,1]] to [[null,10]] or [[null,11]]: current model takes ${shapes}`,
    );
  }
  // A negative variance, or weights whose sums are beyond all numbers.
  if (!predict(model, new Float32Array(28 * 28)).every(Number.isFinite)) {
    throw new SyntaxError(
      `${tried} as it must give a probability for each class: some are no numbers`,
    );
  }
}

async function readPart(
  tried: string,
  folder: string,
  name: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readLimited(`${folder}/${name}`, maxBytes);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) {
      throw new Deno.errors.NotFound(
        `${tried} as the folder must hold model.json and weights.bin: there is no ${name}`,
      );
    }
    throw fileError(`${tried} as ${name} must be a readable file`, error);
  }
}

function parseModelJson(tried: string, text: string): tf.io.ModelJSON {
  try {
    const json: tf.io.ModelJSON = JSON.parse(text);
    const [group, ...others] = json.weightsManifest;
    const isWhole = json.modelTopology && others.length === 0 &&
      group!.paths.join() === "weights.bin" &&
      group!.weights.every(({ dtype, shape }) =>
        dtype === "float32" &&
        shape.every((size) => Number.isSafeInteger(size) && size >= 1)
      );
    if (isWhole) return json;
  } catch {
    // Said below, with what came.
  }
  throw new SyntaxError(
    `${tried} as model.json must be a tfjs layers model with its float32 weights in weights.bin: it begins with ${
      JSON.stringify(text.slice(0, 40))
    }`,
  );
}

function layerWeights(tried: string, topology: unknown): number {
  try {
    return countWeights(topology);
  } catch (error) {
    throw new SyntaxError(
      `${tried} as model.json must describe a chain of layers that are known: ${
        (error as Error).message
      }`,
    );
  }
}

/** No layer draws weights that the file's replace: some ways take minutes. */
function withZeros<Topology>(topology: Topology): Topology {
  return JSON.parse(
    JSON.stringify(topology),
    (key, value) =>
      key.endsWith("_initializer")
        ? { class_name: "Zeros", config: {} }
        : value,
  );
}

async function buildModel(
  tried: string,
  artifacts: tf.io.ModelArtifacts,
): Promise<tf.LayersModel> {
  try {
    const modelTopology = withSeededDropout(
      withZeros(artifacts.modelTopology!),
    );
    return await tf.loadLayersModel(
      tf.io.fromMemory({ ...artifacts, modelTopology }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(
      `${tried} as model.json must describe layers that TensorFlow.js knows: ${reason}`,
    );
  }
}
