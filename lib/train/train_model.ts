/**
 * The training loop.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Batch, batches, type Digits } from "../mnist/mod.ts";
import { createRandom, permutation } from "../random/mod.ts";
import { augment } from "./augment.ts";
import { evaluateModel } from "./evaluate_model.ts";
import type { EpochRecord, History } from "./history.ts";
import { SCHEDULES } from "./schedules.ts";

/** Every choice of a run. */
export interface TrainOptions {
  epochs: number;
  batchSize: number;
  /** Of Adam, at its greatest. */
  learningRate: number;
  /** A name from `SCHEDULES`. */
  schedule: string;
  /** True to train on randomly changed copies of the digits. */
  augment: boolean;
  /** Orders the digits and draws the changes. */
  seed: number;
}

/** What `trainModel()` tells while it runs. */
export interface TrainEvents {
  /** After each batch: images of this epoch so far, and of all its images. */
  onBatch?: (done: number, total: number) => void;
  /** After each epoch, the last one of a stopped run included. */
  onEpoch?: (record: EpochRecord) => void;
  /** Ends the epoch after the batch under way. */
  signal?: AbortSignal;
}

/**
 * Trains a network with Adam on the categorical cross-entropy.
 *
 * The same model, digits and options give the same weights bit for bit on one
 * machine.
 *
 * @param model Not compiled yet; trained in place.
 * @returns A record an epoch. A stopped run has fewer, and the last of them is
 *   of a part of its epoch.
 * @throws {RangeError} If there is no such schedule.
 */
export async function trainModel(
  model: tf.LayersModel,
  digits: { train: Digits; validation: Digits },
  options: TrainOptions,
  events: TrainEvents = {},
): Promise<History> {
  const schedule = Object.hasOwn(SCHEDULES, options.schedule)
    ? SCHEDULES[options.schedule]
    : undefined;
  if (!schedule) {
    throw new RangeError(
      `Cannot train as the schedule must be one of ${
        Object.keys(SCHEDULES).join(", ")
      }: current name is ${options.schedule}`,
    );
  }
  const optimizer = tf.train.adam(options.learningRate);
  model.compile({
    optimizer,
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const order = createRandom(options.seed, "order");
  const changes = createRandom(options.seed, "augment");
  const total = digits.train.labels.length;
  const history: History = [];

  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    let done = 0;
    let loss = 0;
    let accuracy = 0;
    let milliseconds = 0;
    for (
      const batch of batches(
        digits.train,
        permutation(total, order),
        options.batchSize,
      )
    ) {
      if (events.signal?.aborted) break;
      const start = performance.now();
      if (options.augment) augment(batch.images, changes);
      const progress = (epoch - 1 + done / total) / options.epochs;
      setLearningRate(optimizer, options.learningRate * schedule(progress));
      const [batchLoss, batchAccuracy] = await trainOnBatch(model, batch);
      done += batch.size;
      loss += batchLoss * batch.size;
      accuracy += batchAccuracy * batch.size;
      milliseconds += performance.now() - start;
      events.onBatch?.(done, total);
      // Lets Ctrl-C through: the work above never leaves this thread.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (done === 0) break;
    const validation = evaluateModel(model, digits.validation);
    history.push({
      epoch,
      trainLoss: loss / done,
      trainAccuracy: accuracy / done,
      valLoss: validation.loss,
      valAccuracy: validation.accuracy,
      imagesPerSecond: done / milliseconds * 1000,
    });
    events.onEpoch?.(history.at(-1)!);
    if (events.signal?.aborted) break;
  }
  optimizer.dispose();
  return history;
}

/** One step of the optimizer; gives loss (nats) and accuracy of the batch. */
async function trainOnBatch(
  model: tf.LayersModel,
  batch: Batch,
): Promise<[loss: number, accuracy: number]> {
  const x = tf.tensor4d(batch.images, [batch.size, 28, 28, 1]);
  const oneHot = tf.tensor2d(batch.oneHot, [batch.size, 10]);
  const values = await model.trainOnBatch(x, oneHot);
  tf.dispose([x, oneHot]);
  return values as [number, number];
}

/** TensorFlow.js reads the rate anew in each step, and has no setter for it. */
function setLearningRate(optimizer: tf.AdamOptimizer, rate: number) {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
