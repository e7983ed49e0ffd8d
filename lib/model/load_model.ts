/**
 * Loading a network that was saved in the tfjs layers format.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { fileError } from "../files/mod.ts";
import { withSeededDropout } from "./seeded_dropout.ts";

/**
 * @param folder Holds `model.json` and the weights that it names.
 * @returns A model that takes [batch, 28, 28, 1] and gives [batch, 10], owned
 *   by the caller.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If a file is damaged.
 * @throws {TypeError} If the model takes or gives other shapes.
 */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const tried = `Cannot load the model in ${folder}`;
  const text = new TextDecoder().decode(
    await readPart(tried, folder, "model.json"),
  );
  const json = parseModelJson(tried, text);
  const weightSpecs = json.weightsManifest.flatMap(({ weights }) => weights);
  const wanted = weightSpecs.reduce(
    (bytes, { shape }) => bytes + 4 * tf.util.sizeFromShape(shape),
    0,
  );
  const weights = await readPart(tried, folder, "weights.bin");
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
    modelTopology: withSeededDropout(json.modelTopology),
    weightSpecs,
    weightData: weights.buffer,
  });
  const shapes = `${
    JSON.stringify(model.inputs.map(({ shape }) => shape))
  } to ${JSON.stringify(model.outputs.map(({ shape }) => shape))}`;
  if (!/^\[\[null,28,28,1\]\] to \[\[null,1[01]\]\]$/.test(shapes)) {
    model.dispose();
    throw new TypeError(
      `${tried} as it must take [[null,28,28,1]] to [[null,10]] or [[null,11]]: current model takes ${shapes}`,
    );
  }
  return model;
}

async function readPart(
  tried: string,
  folder: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(`${folder}/${name}`);
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
        dtype === "float32" && shape.every(Number.isInteger)
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

async function buildModel(
  tried: string,
  artifacts: tf.io.ModelArtifacts,
): Promise<tf.LayersModel> {
  try {
    return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(
      `${tried} as model.json must describe layers that TensorFlow.js knows: ${reason}`,
    );
  }
}
