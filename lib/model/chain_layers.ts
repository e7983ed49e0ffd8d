/**
 * The layers of a network that is a chain.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";

/**
 * The layers behind the input, in their order, as any `tf.sequential()` has
 * them.
 *
 * @returns Undefined where a layer has more than one before it.
 */
export function chainLayers(
  model: tf.LayersModel,
): tf.layers.Layer[] | undefined {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) return undefined;
  const layers: tf.layers.Layer[] = [];
  let tensor = model.outputs[0]!;
  while (tensor !== model.inputs[0]) {
    const layer = tensor.sourceLayer;
    const { inputTensors, outputTensors } = layer
      .inboundNodes[tensor.nodeIndex]!;
    if (inputTensors.length !== 1 || outputTensors.length !== 1) {
      return undefined;
    }
    layers.unshift(layer);
    tensor = inputTensors[0]!;
  }
  return layers;
}
