/** A network, layer by layer. @module */

import type * as tf from "@tensorflow/tfjs";
import { thousands } from "../format/numbers.ts";
import type { Table } from "./mime_bundle.ts";

/**
 * Each layer with the shape that it gives, without the batch, and with how many
 * numbers it learns.
 */
export function layerTable(model: tf.LayersModel): Table {
  const rows = model.layers.map((layer) => [
    layer.getClassName(),
    shapeOf(layer),
    thousands(layer.countParams()),
  ]);
  return {
    columns: ["Layer", "Gives", "Learns"],
    rows: [...rows, ["Together", "", thousands(model.countParams())]],
  };
}

function shapeOf({ outputShape }: tf.layers.Layer): string {
  // A layer with several outputs has a shape for each; here none has.
  return (outputShape as tf.Shape).slice(1).join(" × ");
}
