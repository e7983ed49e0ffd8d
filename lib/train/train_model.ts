/**
 * Training a network from start to end.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { Digits } from "../mnist/mod.ts";
import type { History } from "./history.ts";
import type { ReplicaOptions } from "./_replica.ts";
import { startTeam } from "./team.ts";
import { type TeamRun, type TrainEvents, trainTeam } from "./train_team.ts";

/** Every choice of a run. */
export interface TrainOptions extends TeamRun, ReplicaOptions {
  /** Threads that share the work; 1, the calling one, where left out. */
  workers?: number;
}

/**
 * Trains a network with Adam on the categorical cross-entropy.
 *
 * The same model, digits and options give the same weights bit for bit on one
 * machine, with any number of workers.
 *
 * @param model Trained in place.
 * @returns A record an epoch. A stopped run has fewer, and the last of them is
 *   of a part of its epoch.
 * @throws {RangeError} If there is no such schedule or number of workers.
 * @throws {TypeError} If a layer draws random numbers that obey no seed, or if
 *   it is to go on with another network or other digits.
 * @throws {Error} If a worker fails. The model is as after its last step.
 */
export async function trainModel(
  model: tf.LayersModel,
  digits: { train: Digits; validation: Digits },
  options: TrainOptions,
  events: TrainEvents = {},
): Promise<History> {
  const team = await startTeam(model, { workers: 1, ...options });
  try {
    return await trainTeam(team, digits, options, events);
  } finally {
    team.close();
  }
}
