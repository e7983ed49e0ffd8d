/**
 * The networks that can be trained, by name.
 *
 * Each takes [batch, 28, 28, 1] in 0…1 and gives [batch, 10] probabilities, or
 * [batch, 11] with one of what is no digit.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../random/mod.ts";
import { SeededDropout } from "./seeded_dropout.ts";
import { MeanOfViews, ShiftedViews } from "./shifted_views.ts";

/** What a table entry builds its layers with, all from one seed. */
interface SeededLayers {
  /** Convolution, stride 1, no padding, with ReLU. */
  conv(filters: number, kernelSize: number): tf.layers.Layer;
  /** Max pooling, 2×2, stride 2. */
  pool(): tf.layers.Layer;
  dropout(rate: number): tf.layers.Layer;
  flatten(): tf.layers.Layer;
  /** Batch normalization. */
  norm(): tf.layers.Layer;
  dense(units: number, activation: "relu" | "softmax"): tf.layers.Layer;
  /** Five views of each image, and what `meanOfViews` makes one of. */
  shiftedViews(): tf.layers.Layer;
  meanOfViews(): tf.layers.Layer;
}

const ARCHITECTURES: Record<
  string,
  (layers: SeededLayers) => tf.layers.Layer[]
> = {
  /** The original script's: 225,034 parameters. */
  classic: ({ conv, pool, dropout, flatten, dense }) => [
    conv(32, 3), // [26, 26, 32]
    pool(), // [13, 13, 32]
    dropout(0.25),
    conv(64, 3), // [11, 11, 64]
    pool(), // [5, 5, 64]
    dropout(0.25),
    flatten(), // [1600]
    dense(128, "relu"),
    dropout(0.5),
    dense(10, "softmax"),
  ],
  /**
   * What the recipe `best` trains: 321,899 parameters. Its eleventh class is
   * `NO_DIGIT`. The pools come before the normalization, so that convolution,
   * ReLU and pooling are one operation. It judges by the mean of five views.
   */
  best: (
    { conv, pool, norm, dropout, flatten, dense, shiftedViews, meanOfViews },
  ) => [
    shiftedViews(),
    conv(32, 5), // [24, 24, 32]
    pool(), // [12, 12, 32]
    norm(),
    conv(64, 3), // [10, 10, 64]
    norm(),
    conv(96, 3), // [8, 8, 96]
    pool(), // [4, 4, 96]
    norm(),
    conv(128, 3), // [2, 2, 128]
    norm(),
    flatten(), // [512]
    dropout(0.3),
    dense(256, "relu"),
    norm(),
    dropout(0.3),
    meanOfViews(),
    dense(11, "softmax"),
  ],
  /** What the recipe `quick` trains: 56,970 parameters. */
  quick: ({ conv, pool, dropout, flatten, dense }) => [
    conv(16, 5), // [24, 24, 16]
    pool(), // [12, 12, 16]
    conv(32, 3), // [10, 10, 32]
    pool(), // [5, 5, 32]
    dropout(0.2),
    flatten(), // [800]
    dense(64, "relu"),
    dense(10, "softmax"),
  ],
  /** As classic without the hidden dense layer: 34,826 parameters. */
  small: ({ conv, pool, dropout, flatten, dense }) => [
    conv(32, 3), // [26, 26, 32]
    pool(), // [13, 13, 32]
    conv(64, 3), // [11, 11, 64]
    pool(), // [5, 5, 64]
    flatten(), // [1600]
    dropout(0.5),
    dense(10, "softmax"),
  ],
};

/** The names that `createModel()` knows. */
export const ARCHITECTURE_NAMES: readonly string[] = Object.keys(ARCHITECTURES);

/**
 * Builds an untrained network.
 *
 * @param name One of `ARCHITECTURE_NAMES`.
 * @param seed Draws the weights (Glorot and Bengio, "Understanding the
 *   difficulty of training deep feedforward neural networks", AISTATS 2010,
 *   equation 16) and the dropout masks.
 * @returns A model that is not compiled, owned by the caller.
 * @throws {RangeError} If there is no such architecture.
 *
 * @example
 * ```ts
 * import { startWasmBackend } from "../kernels/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await startWasmBackend();
 * assertEquals(createModel("classic", 7).countParams(), 225034);
 * ```
 */
export function createModel(name: string, seed: number): tf.Sequential {
  const architecture = Object.hasOwn(ARCHITECTURES, name)
    ? ARCHITECTURES[name]
    : undefined;
  if (!architecture) {
    throw new RangeError(
      `Cannot build a model as the architecture must be one of ${
        ARCHITECTURE_NAMES.join(", ")
      }: current name is ${name}`,
    );
  }
  const layers = architecture(seededLayers(seed));
  return tf.sequential({
    layers: [tf.layers.inputLayer({ inputShape: [28, 28, 1] }), ...layers],
  });
}

function seededLayers(seed: number): SeededLayers {
  const initial = createRandom(seed, "weights");
  const masks = createRandom(seed, "dropout");
  const kernelInitializer = () =>
    tf.initializers.glorotUniform({ seed: initial.uint32() });
  return {
    conv: (filters, kernelSize) =>
      tf.layers.conv2d({
        filters,
        kernelSize,
        activation: "relu",
        kernelInitializer: kernelInitializer(),
      }),
    pool: () => tf.layers.maxPooling2d({ poolSize: 2 }),
    dropout: (rate) => new SeededDropout({ rate }, masks),
    flatten: () => tf.layers.flatten(),
    norm: () => tf.layers.batchNormalization({ momentum: 0.95 }),
    dense: (units, activation) =>
      tf.layers.dense({
        units,
        activation,
        kernelInitializer: kernelInitializer(),
      }),
    shiftedViews: () => new ShiftedViews({}),
    meanOfViews: () => new MeanOfViews({}),
  };
}
