/**
 * The training loop.
 *
 * @module
 */

import type { Digits } from "../mnist/mod.ts";
import { createRandom, permutation } from "../random/mod.ts";
import type { EpochRecord, History } from "./history.ts";
import type { Recipe } from "./recipes.ts";
import { type RunState, stepsTaken } from "./run_state.ts";
import { type Schedule, SCHEDULES } from "./schedules.ts";
import type { Team } from "./team.ts";

/** How a team goes through its digits. */
export interface TeamRun
  extends
    Pick<Recipe, "epochs" | "batchSize" | "learningRate" | "schedule">,
    Partial<Pick<Recipe, "calm" | "averaging">> {
  /** Orders the digits. */
  seed: number;
  /** Where it goes on, as does its team; at the beginning where left out. */
  begun?: RunState;
}

/** How a run is kept, so that another can go on with it. */
export interface Checkpoints {
  /** How often within an epoch; 0 for after each batch. */
  seconds: number;
  /** Keeps a state. Its arrays may change once this is through. */
  save(state: RunState): Promise<void>;
}

/** What is told while the training runs. */
export interface TrainEvents {
  /** After each batch: images of this epoch so far, and of all its images. */
  onBatch?: (done: number, total: number) => void | Promise<void>;
  /**
   * After each epoch, the last one of a stopped run included. The next one
   * begins when it is through: time to save the model, for example.
   */
  onEpoch?: (record: EpochRecord) => unknown;
  /** Before the first batch, every so often, after each epoch, when stopped. */
  checkpoints?: Checkpoints;
  /** Ends the epoch after the batch under way. */
  signal?: AbortSignal;
}

/** An epoch's part of a `RunState`, before its first batch. */
const NOTHING = { done: 0, loss: 0, correct: 0, seconds: 0 };

/**
 * Trains the network of a team that is already there.
 *
 * @returns A record an epoch. A stopped run has fewer, and the last of them is
 *   of a part of its epoch.
 * @throws {RangeError} If there is no such schedule.
 * @throws {TypeError} If it is to go on with other digits.
 * @throws {Error} If one of the team fails. The model is as after its last step.
 */
export async function trainTeam(
  team: Team,
  digits: { train: Digits; validation: Digits },
  run: TeamRun,
  events: TrainEvents = {},
): Promise<History> {
  const schedule = findSchedule(run.schedule);
  const total = digits.train.labels.length;
  const { begun, averaging = 0 } = run;
  if (begun && begun.total !== total) {
    throw new TypeError(
      `Cannot go on as an epoch must have ${begun.total} digits as before: current number is ${total}`,
    );
  }
  const history: History = [...begun?.history ?? []];
  const average = averaging > 0
    ? begun?.average?.slice() ?? team.readWeights()
    : undefined;
  let steps = begun ? stepsTaken(begun, run.batchSize) : 0;
  const keeper = events.checkpoints &&
    createKeeper(team, events.checkpoints, { total, history, average });
  if (!begun) await keeper?.keep(1, NOTHING, team.readWeights());

  const random = createRandom(run.seed, "order");
  const firstEpoch = begun?.epoch ?? 1;
  for (let epoch = 1; epoch < firstEpoch; epoch++) permutation(total, random);
  // Killed between its last epoch and its end.
  if (average && firstEpoch > run.epochs) await team.loadWeights(average);
  for (let epoch = firstEpoch; epoch <= run.epochs; epoch++) {
    const order = permutation(total, random);
    const sums = { ...NOTHING };
    if (epoch === begun?.epoch) {
      const { done, loss, correct, seconds } = begun;
      Object.assign(sums, { done, loss, correct, seconds });
    }
    const start = performance.now() - 1000 * sums.seconds;
    while (sums.done < total && !events.signal?.aborted) {
      const indices = order.subarray(sums.done, sums.done + run.batchSize);
      const progress = (epoch - 1 + sums.done / total) / run.epochs;
      const step = await team.trainStep(
        digits.train,
        indices,
        run.learningRate * schedule(progress),
        changesAt(progress, run.calm ?? 0),
      );
      steps++;
      if (average) moveAverage(average, team.readWeights(), averaging, steps);
      sums.done += indices.length;
      sums.loss += step.loss * indices.length;
      sums.correct += step.correct;
      sums.seconds = (performance.now() - start) / 1000;
      await events.onBatch?.(sums.done, total);
      // A whole epoch is kept below, with its record.
      if (sums.done < total && (keeper?.isDue() || events.signal?.aborted)) {
        await keeper?.keep(epoch, sums, team.readWeights());
      }
    }
    if (sums.done === 0) {
      // Stopped between two epochs: the model stays what was saved of it.
      if (average) await team.loadWeights(average);
      break;
    }
    const weights = average && team.readWeights();
    if (average) await team.loadWeights(average);
    const validation = await team.evaluate(digits.validation);
    history.push({
      epoch,
      trainLoss: sums.loss / sums.done,
      trainAccuracy: sums.correct / sums.done,
      valLoss: validation.loss,
      valAccuracy: validation.accuracy,
      imagesPerSecond: sums.done / sums.seconds,
    });
    await events.onEpoch?.(history.at(-1)!);
    if (sums.done === total) {
      await keeper?.keep(epoch + 1, NOTHING, weights ?? team.readWeights());
    }
    if (events.signal?.aborted) break;
    if (weights && epoch < run.epochs) await team.loadWeights(weights);
  }
  return history;
}

/** Makes states of a run and hands them over. */
interface Keeper {
  /** Whether the last one is old enough for another. */
  isDue(): boolean;
  /** @param weights As the steps move them. */
  keep(
    epoch: number,
    sums: typeof NOTHING,
    weights: Float32Array,
  ): Promise<void>;
}

/** @param run What changes in place while the run goes on. */
function createKeeper(
  team: Team,
  { seconds, save }: Checkpoints,
  run: { total: number; history: History; average: Float32Array | undefined },
): Keeper {
  const { total, history, average } = run;
  let keptAt = performance.now();
  return {
    isDue: () => performance.now() - keptAt >= 1000 * seconds,
    keep: async (epoch, sums, weights) => {
      await save({
        epoch,
        total,
        ...sums,
        history,
        shapes: team.model.weights.map(({ shape }) => shape as number[]),
        weights,
        ...(average && { average }),
        optimizer: team.readOptimizer(),
      });
      keptAt = performance.now();
    },
  };
}

function findSchedule(name: string): Schedule {
  if (Object.hasOwn(SCHEDULES, name)) return SCHEDULES[name]!;
  throw new RangeError(
    `Cannot train as the schedule must be one of ${
      Object.keys(SCHEDULES).join(", ")
    }: current name is ${name}`,
  );
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
