/**
 * What the first convolution of a network has learned, and what it makes of a
 * digit.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { PIXELS } from "../mnist/mod.ts";
import type { Tile } from "../plot/mod.ts";

/**
 * The filters of the first convolution, of one channel in.
 *
 * @returns A tile a filter, its weights as they are: of either sign.
 * @throws {TypeError} If the network has no convolution of one channel.
 */
export function filterTiles(model: tf.LayersModel): Tile[] {
  const [filter] = firstConvolution(model).getWeights();
  const [height, width, , filters] = filter!.shape as [
    number,
    number,
    number,
    number,
  ];
  const weights = filter!.dataSync();
  return Array.from({ length: filters }, (_, k) => ({
    values: Array.from(
      { length: height * width },
      (_, i) => weights[i * filters + k]!,
    ),
    caption: `${k + 1}`,
  }));
}

/**
 * What comes out of the first convolution for one digit: where each of its
 * filters finds what it looks for.
 *
 * @param image 28×28, 0 paper to 255 ink.
 * @returns A tile a filter, 0 and above, as a ReLU leaves nothing below.
 * @throws {TypeError} If the network has no convolution of one channel.
 */
export function featureTiles(model: tf.LayersModel, image: Uint8Array): Tile[] {
  const layer = firstConvolution(model);
  return tf.tidy(() => {
    const x = tf.tensor4d(
      Float32Array.from(image.subarray(0, PIXELS), (ink) => ink / 255),
      [1, 28, 28, 1],
    );
    const y = layer.apply(x) as tf.Tensor4D;
    const [, height, width, filters] = y.shape;
    const values = y.dataSync();
    return Array.from({ length: filters }, (_, k) => ({
      values: Array.from(
        { length: height * width },
        (_, i) => values[i * filters + k]!,
      ),
      caption: `${k + 1}`,
    }));
  });
}

function firstConvolution(model: tf.LayersModel): tf.layers.Layer {
  const layer = model.layers.find((each) => each.getClassName() === "Conv2D");
  if (layer && layer.getWeights()[0]!.shape[2] === 1) return layer;
  throw new TypeError(
    `Cannot show filters as the network must have a convolution of one channel: current layers are ${
      model.layers.map((each) => each.getClassName()).join(", ")
    }`,
  );
}

/** The greatest absolute value of all tiles. */
export function greatestOf(tiles: Tile[]): number {
  return Math.max(
    ...tiles.flatMap(({ values }) => Array.from(values, Math.abs)),
  );
}
