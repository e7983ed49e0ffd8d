/**
 * Saving a network in the tfjs layers format.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { makeFolder, writeWhole } from "../files/mod.ts";

/**
 * Writes `weights.bin`, then `model.json`, each whole or not at all.
 *
 * @param folder Made if it is not there.
 * @throws {Error} As the system says where the folder cannot be written.
 */
export async function saveModel(
  model: tf.LayersModel,
  folder: string,
): Promise<void> {
  await makeFolder(folder);
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    const { modelTopology, weightSpecs, weightData } = artifacts;
    const weights = tf.io.CompositeArrayBuffer.join(weightData!);
    const json: tf.io.ModelJSON = {
      format: "layers-model",
      generatedBy: `TensorFlow.js ${tf.version.tfjs}`,
      modelTopology: modelTopology!,
      weightsManifest: [{ paths: ["weights.bin"], weights: weightSpecs! }],
    };
    await writeWhole(`${folder}/weights.bin`, new Uint8Array(weights));
    await writeWhole(`${folder}/model.json`, JSON.stringify(json) + "\n");
    return {
      modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts),
    };
  }));
}
