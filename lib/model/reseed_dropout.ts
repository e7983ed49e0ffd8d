/**
 * Starting the dropout masks of a model anew.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../random/mod.ts";
import { SeededDropout } from "./seeded_dropout.ts";
import { ViewsLayer } from "./shifted_views.ts";

/** Layers of TensorFlow.js that draw random numbers and obey no seed of ours. */
const UNSEEDED = [
  "AlphaDropout",
  "Dropout",
  "GaussianDropout",
  "GaussianNoise",
  "SpatialDropout1D",
];

/**
 * Gives each `SeededDropout` of a model a stream of its own, so that the masks
 * that follow depend on nothing but the seed and the purpose.
 *
 * @param purpose What the masks are for, as in `step 12 shard 3`.
 * @throws {TypeError} If another layer of the model is random while it trains.
 */
export function reseedDropout(
  model: tf.LayersModel,
  seed: number,
  purpose: string,
): void {
  for (const [index, layer] of allLayers(model).entries()) {
    if (layer instanceof SeededDropout) {
      layer.reseed(createRandom(seed, `dropout ${index} ${purpose}`));
    } else if (UNSEEDED.includes(layer.getClassName())) {
      throw new TypeError(
        `Cannot seed the layer ${layer.name} as it must be a SeededDropout: current class is ${layer.getClassName()}`,
      );
    }
  }
}

/**
 * The layers in order, those of models inside the model included. Those that do
 * nothing in training do not count, so that it is the same without them.
 */
function allLayers(model: tf.LayersModel): tf.layers.Layer[] {
  return model.layers.flatMap((layer) => {
    if (layer instanceof tf.LayersModel) return allLayers(layer);
    return layer instanceof ViewsLayer ? [] : [layer];
  });
}
