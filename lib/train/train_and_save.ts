/**
 * Training that keeps what it has learned.
 *
 * @module
 */

import type { Digits } from "../mnist/mod.ts";
import { saveModel } from "../model/mod.ts";
import type { History } from "./history.ts";
import type { Team } from "./team.ts";
import { type TeamRun, type TrainEvents, trainTeam } from "./train_team.ts";

/**
 * Trains the network of a team and saves it after each epoch, so that a run
 * that fails leaves the last one.
 *
 * @param folder Gets `model.json` and `weights.bin`, each whole or not at all.
 * @returns As `trainTeam()` does.
 * @throws What `trainTeam()` and `saveModel()` throw, before the first epoch is
 *   saved.
 * @throws {Error} The same, with what is saved, later.
 */
export async function trainAndSave(
  team: Team,
  folder: string,
  digits: { train: Digits; validation: Digits },
  run: TeamRun,
  events: TrainEvents = {},
): Promise<History> {
  let saved = 0;
  try {
    return await trainTeam(team, digits, run, {
      ...events,
      onEpoch: async (record) => {
        await events.onEpoch?.(record);
        await saveModel(team.model, folder);
        saved = record.epoch;
      },
    });
  } catch (error) {
    if (saved === 0 || !await isThere(`${folder}/model.json`)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${message}; the model as it was after epoch ${saved} is kept in ${folder}`,
      { cause: error },
    );
  }
}

/** The folder may have vanished while the run was at work. */
async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
