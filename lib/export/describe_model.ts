/**
 * What a reader of an exported model needs to know of it.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { classCount } from "../model/mod.ts";

/** What the model itself does not say. */
export interface ModelFacts {
  /** Such as `MIT`. */
  license: string;
  /** Share of the test digits that are read right, in words. */
  accuracy?: string | undefined;
  /** What it has learned from, in words. */
  trainingData?: string | undefined;
  /** What the last layer was divided by; 1 where left out. */
  temperature?: number | undefined;
}

/** Name that an exported file gives for what has made it. */
export const PRODUCER = "handwritten-digits";

const NOT_RECORDED = "not recorded";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * The facts in words, by short names, in a fixed order.
 *
 * @param model Takes [batch, 28, 28, 1], gives [batch, 10] or [batch, 11].
 */
export async function describeModel(
  model: tf.LayersModel,
  { license, accuracy, trainingData }: ModelFacts,
): Promise<Record<string, string>> {
  const classes = classCount(model);
  const labels = [...DIGITS, "no digit"].slice(0, classes);
  return {
    title: "Handwritten digits",
    input_range: "0 to 1; 0 is paper, 1 is full ink",
    preprocessing:
      "as MNIST: the digit's longer side 20 px by averaging over area, its center of mass in the middle of 28x28 px",
    classes: `${classes}`,
    labels: JSON.stringify(labels),
    accuracy: accuracy ?? NOT_RECORDED,
    training_data: trainingData ?? NOT_RECORDED,
    parameters: `${model.countParams()}`,
    license,
    producer: `${PRODUCER}, with TensorFlow.js ${tf.version.tfjs}`,
    weights_sha256: await weightsHash(model),
  };
}

/** Of the weights as `saveModel()` writes them: of `weights.bin`. */
async function weightsHash(model: tf.LayersModel): Promise<string> {
  const parts = model.weights.map((weight) =>
    weight.read().dataSync<"float32">()
  );
  const all = await new Blob(parts as BlobPart[]).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all)).toHex();
}
