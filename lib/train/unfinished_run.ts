/**
 * Runs that can be gone on with.
 *
 * @module
 */

import {
  type CheckpointFolder,
  checkpointTime,
  type LoadedCheckpoint,
  openCheckpoints,
} from "./checkpoint_folder.ts";
import { isRunName } from "./run_folder.ts";

/** A run that is this process's now. */
export interface UnfinishedRun extends LoadedCheckpoint {
  /** The run's own. */
  folder: string;
  checkpoints: CheckpointFolder;
}

/**
 * Takes a run that was stopped or killed.
 *
 * @param runs Holds all runs.
 * @param name Of the run; where left out, the one with the newest checkpoint of
 *   those that no other process is at.
 * @throws {Deno.errors.NotFound} If there is no such run, or none to go on with.
 * @throws {Deno.errors.Busy} If another process is at it.
 * @throws {SyntaxError} If its checkpoints are damaged.
 */
export async function openUnfinishedRun(
  runs: string,
  name?: string,
): Promise<UnfinishedRun> {
  if (name !== undefined) {
    const folder = `${runs}/${name}`;
    if (!isRunName(name) || !await isThere(folder)) {
      throw new Deno.errors.NotFound(
        `Cannot go on with the run ${name} as its folder must be in ${runs}: there is none`,
      );
    }
    return await openRun(folder);
  }
  const folders = await unfinishedRuns(runs);
  for (const folder of folders) {
    try {
      return await openRun(folder);
    } catch (error) {
      if (!(error instanceof Deno.errors.Busy)) throw error;
    }
  }
  throw new Deno.errors.NotFound(
    `Cannot go on with a run as there must be one in ${runs} that is not finished: there is none${
      folders.length > 0 ? " but what another process is at" : ""
    }`,
  );
}

async function openRun(folder: string): Promise<UnfinishedRun> {
  const checkpoints = await openCheckpoints(folder);
  try {
    return { folder, checkpoints, ...await checkpoints.load() };
  } catch (error) {
    checkpoints.close();
    throw error;
  }
}

/** Those with a checkpoint, the newest first. */
async function unfinishedRuns(runs: string): Promise<string[]> {
  const found: { folder: string; time: number }[] = [];
  try {
    for await (const { name } of Deno.readDir(runs)) {
      if (!isRunName(name)) continue;
      const folder = `${runs}/${name}`;
      found.push({ folder, time: await checkpointTime(folder) });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.filter(({ time }) => time > 0)
    .sort((a, b) => b.time - a.time)
    .map(({ folder }) => folder);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
