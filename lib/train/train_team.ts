/**
 * The training loop.
 *
 * @module
 */

import type { Digits } from "../mnist/mod.ts";
import { createRandom, permutation } from "../random/mod.ts";
import type { EpochRecord, History } from "./history.ts";
import type { Recipe } from "./recipes.ts";
import { SCHEDULES } from "./schedules.ts";
import type { Team } from "./team.ts";

/** How a team goes through its digits. */
export interface TeamRun
  extends
    Pick<Recipe, "epochs" | "batchSize" | "learningRate" | "schedule">,
    Partial<Pick<Recipe, "calm" | "averaging">> {
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
  const averaging = run.averaging ?? 0;
  const average = averaging > 0 ? team.readWeights() : undefined;
  let steps = 0;
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
        changesAt(progress, run.calm ?? 0),
      );
      steps++;
      if (average) moveAverage(average, team.readWeights(), averaging, steps);
      done += indices.length;
      loss += step.loss * indices.length;
      correct += step.correct;
      events.onBatch?.(done, total);
    }
    if (done === 0) {
      // Stopped between two epochs: the model stays what was saved of it.
      if (average) await team.loadWeights(average);
      break;
    }
    const seconds = (performance.now() - start) / 1000;
    const weights = average && team.readWeights();
    if (average) await team.loadWeights(average);
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
    if (weights && epoch < run.epochs) await team.loadWeights(weights);
  }
  return history;
}

/** Share of the changes that is left at the end. */
const LEAST_CHANGES = 0.4;

/** From 1 down to the least in a straight line over the last part of a run. */
function changesAt(progress: number, calm: number): number {
  if (calm === 0) return 1;
  const left = (1 - progress) / calm;
  return Math.min(1, LEAST_CHANGES + (1 - LEAST_CHANGES) * left);
}

/**
 * The exponential moving average of the weights (Polyak and Juditsky,
 * "Acceleration of Stochastic Approximation by Averaging", SIAM 1992, by the
 * warm-up of TensorFlow's ExponentialMovingAverage, as early weights are poor).
 */
function moveAverage(
  average: Float32Array,
  weights: Float32Array,
  decay: number,
  steps: number,
): void {
  const kept = Math.min(decay, (1 + steps) / (10 + steps));
  for (let i = 0; i < average.length; i++) {
    average[i] = weights[i]! + kept * (average[i]! - weights[i]!);
  }
}
