/**
 * `model.fit()` that obeys a seed.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { reseedDropout } from "../model/mod.ts";
import { createRandom, permutation } from "../random/mod.ts";
import { consoleScreen, type Screen, showProgress } from "./progress.ts";

/** What `model.fit()` takes, as far as it goes with a seed. */
export interface FitSeededOptions extends
  Pick<
    tf.ModelFitArgs,
    | "batchSize"
    | "epochs"
    | "callbacks"
    | "validationSplit"
    | "classWeight"
    | "yieldEvery"
  > {
  /** Shuffles the examples and draws the dropout masks. */
  seed: number;
  validationData?: [x: tf.Tensor, y: tf.Tensor];
  /** Where the progress is shown. */
  screen?: Screen;
}

/**
 * Trains a compiled model as `model.fit()` does, which shuffles by
 * `Math.random()`. Here the same model, examples and options give the same
 * weights bit for bit on one machine. The progress is shown as `trainModel()`'s
 * is by `deno task train`.
 *
 * @param x [count, …] as the model takes it.
 * @param y [count, …] as the loss takes it.
 * @returns Losses and metrics, as `model.fit()` gives them.
 * @throws {TypeError} If a layer draws random numbers that obey no seed.
 */
export async function fitSeeded(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  options: FitSeededOptions,
): Promise<tf.History> {
  const { seed, batchSize = 32, epochs = 1 } = options;
  const { validationSplit = 0, classWeight, yieldEvery } = options;
  reseedDropout(model, seed, "fit");
  const count = Math.floor(x.shape[0]! * (1 - validationSplit));
  const held = validationSplit > 0
    ? [x, y].map((tensor) => tensor.slice(count)) as [tf.Tensor, tf.Tensor]
    : undefined;
  const validationData = held ?? options.validationData;
  const random = createRandom(seed, "order");
  const batches = tf.data.generator(
    function* () {
      const order = Int32Array.from(permutation(count, random));
      for (let start = 0; start < count; start += batchSize) {
        const indices = order.subarray(start, start + batchSize);
        yield tf.tidy(() => ({ xs: x.gather(indices), ys: y.gather(indices) }));
      }
    } as () => Generator<tf.TensorContainer>,
  );
  const shown = progressCallbacks(count, epochs, options.screen);
  try {
    return await model.fitDataset(batches, {
      epochs,
      verbose: 0,
      callbacks: [
        new tf.CustomCallback(shown, yieldEvery ?? "auto"),
        ...toCallbacks(options.callbacks),
      ],
      ...(validationData && { validationData }),
      ...(classWeight && { classWeight }),
    });
  } finally {
    tf.dispose(held ?? []);
  }
}

function toCallbacks(callbacks: tf.ModelFitArgs["callbacks"] = []) {
  return [callbacks].flat().map((callback) =>
    callback instanceof tf.Callback
      ? callback
      : new tf.CustomCallback(callback as tf.CustomCallbackArgs, "never")
  );
}

/** Turns what TensorFlow.js logs into the lines of the project. */
function progressCallbacks(
  count: number,
  epochs: number,
  screen: Screen = consoleScreen,
): tf.CustomCallbackArgs {
  const progress = showProgress(epochs, screen);
  let done = 0;
  let begin = 0;
  let seconds = 0;
  return {
    onEpochBegin: () => {
      done = 0;
      begin = performance.now();
    },
    onBatchEnd: (_, logs) => {
      done += logs!["size"]!;
      seconds = (performance.now() - begin) / 1000;
      progress.onBatch(done, count);
    },
    onEpochEnd: (epoch, logs = {}) => {
      progress.onEpoch({
        epoch: epoch + 1,
        trainLoss: logs["loss"]!,
        trainAccuracy: logs["acc"],
        valLoss: logs["val_loss"],
        valAccuracy: logs["val_acc"],
        imagesPerSecond: done / seconds,
      });
    },
  };
}
