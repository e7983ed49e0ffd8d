/**
 * The training loop.
 *
 * @module
 */

import type { Digits } from "../mnist/mod.ts";
import { createRandom, permutation } from "../random/mod.ts";
import type { EpochRecord, History } from "./history.ts";
import { SCHEDULES } from "./schedules.ts";
import type { Team } from "./team.ts";

/** How a team goes through its digits. */
export interface TeamRun {
  epochs: number;
  batchSize: number;
  /** Of Adam, at its greatest. */
  learningRate: number;
  /** A name from `SCHEDULES`. */
  schedule: string;
  /** Orders the digits. */
  seed: number;
}

/** What is told while the training runs. */
export interface TrainEvents {
  /** After each batch: images of this epoch so far, and of all its images. */
  onBatch?: (done: number, total: number) => void;
  /**
   * After each epoch, the last one of a stopped run included. The next one
   * begins when it is through: time to save the model, for example.
   */
  onEpoch?: (record: EpochRecord) => unknown;
  /** Ends the epoch after the batch under way. */
  signal?: AbortSignal;
}

/**
 * Trains the network of a team that is already there.
 *
 * @returns A record an epoch. A stopped run has fewer, and the last of them is
 *   of a part of its epoch.
 * @throws {RangeError} If there is no such schedule.
 * @throws {Error} If one of the team fails. The model is as after its last step.
 */
export async function trainTeam(
  team: Team,
  digits: { train: Digits; validation: Digits },
  run: TeamRun,
  events: TrainEvents = {},
): Promise<History> {
  const schedule = Object.hasOwn(SCHEDULES, run.schedule)
    ? SCHEDULES[run.schedule]
    : undefined;
  if (!schedule) {
    throw new RangeError(
      `Cannot train as the schedule must be one of ${
        Object.keys(SCHEDULES).join(", ")
      }: current name is ${run.schedule}`,
    );
  }
  const random = createRandom(run.seed, "order");
  const total = digits.train.labels.length;
  const history: History = [];
  for (let epoch = 1; epoch <= run.epochs; epoch++) {
    const order = permutation(total, random);
    let done = 0;
    let loss = 0;
    let correct = 0;
    const start = performance.now();
    while (done < total && !events.signal?.aborted) {
      const indices = order.subarray(done, done + run.batchSize);
      const progress = (epoch - 1 + done / total) / run.epochs;
      const step = await team.trainStep(
        digits.train,
        indices,
        run.learningRate * schedule(progress),
      );
      done += indices.length;
      loss += step.loss * indices.length;
      correct += step.correct;
      events.onBatch?.(done, total);
    }
    if (done === 0) break;
    const seconds = (performance.now() - start) / 1000;
    const validation = await team.evaluate(digits.validation);
    history.push({
      epoch,
      trainLoss: loss / done,
      trainAccuracy: correct / done,
      valLoss: validation.loss,
      valAccuracy: validation.accuracy,
      imagesPerSecond: done / seconds,
    });
    await events.onEpoch?.(history.at(-1)!);
    if (events.signal?.aborted) break;
  }
  return history;
}
