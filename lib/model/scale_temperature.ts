/**
 * A temperature as a part of the network.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/**
 * Divides what the last softmax of a model takes by a temperature, in place:
 * kernel and bias of its last layer. Saved, loaded or exported, the model gives
 * the tempered probabilities by itself.
 *
 * @param temperature As `findTemperature()` finds it.
 * @throws {RangeError} If the temperature is not above 0 and finite.
 * @throws {TypeError} If the last layer is no dense one with softmax.
 */
export function scaleTemperature(
  model: tf.LayersModel,
  temperature: number,
): void {
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new RangeError(
      `Cannot scale the temperature as it must be above 0 and finite: current temperature is ${temperature}`,
    );
  }
  const layer = model.layers.at(-1)!;
  const { activation } = layer.getConfig();
  if (layer.getClassName() !== "Dense" || activation !== "softmax") {
    throw new TypeError(
      `Cannot scale the temperature as the last layer must be Dense with softmax: current layer is ${layer.getClassName()} with ${activation}`,
    );
  }
  tf.tidy(() => {
    layer.setWeights(
      layer.getWeights().map((weights) => weights.div(temperature)),
    );
  });
}
