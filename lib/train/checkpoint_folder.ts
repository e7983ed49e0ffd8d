/**
 * Where a run keeps its checkpoints: the folder `checkpoint` in its own.
 *
 * Two files take turns, each written whole or not at all, so the one before the
 * newest stays good whatever happens. A lock keeps other processes out of the
 * run. The folder is gone once the run is finished.
 *
 * @module
 */

import { fileError, lockFile, makeFolder, writeWhole } from "../files/mod.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from "./checkpoint.ts";

/** The checkpoints of a run, held by this process alone. */
export interface CheckpointFolder {
  /**
   * Reads the newest one that is not damaged.
   *
   * @throws {Deno.errors.NotFound} If there is none.
   * @throws {SyntaxError} If each is damaged.
   */
  load(): Promise<LoadedCheckpoint>;
  /** Writes one in the place of the older of two. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** Removes all of them, as a run does that is finished. */
  remove(): Promise<void>;
  /** Lets other processes have the run. */
  close(): void;
}

/** What was read. */
export interface LoadedCheckpoint {
  checkpoint: Checkpoint;
  /** What is wrong with another one, where something is. */
  damage: string | undefined;
}

/** Names of the two files. */
const FILES = ["a.bin", "b.bin"] as const;

/** The largest network has 6 MB of them: what is beyond this is none. */
const MAX_BYTES = 2 ** 28;

/**
 * Opens the checkpoints of a run for this process alone.
 *
 * @param runFolder Of the run, which must be there.
 * @param isNew Makes the folder for them.
 * @throws {Deno.errors.NotFound} If the run keeps none and is not new.
 * @throws {Deno.errors.Busy} If another process has them.
 */
export async function openCheckpoints(
  runFolder: string,
  isNew = false,
): Promise<CheckpointFolder> {
  const folder = `${runFolder}/checkpoint`;
  if (isNew) await makeFolder(folder);
  else if (!await hasCheckpoint(runFolder)) throw noCheckpoint(runFolder);
  const lock = await lockFile(`${folder}/lock`);
  if (!lock) {
    throw new Deno.errors.Busy(
      `Cannot train in ${runFolder} as one process at a time can: another is training there`,
    );
  }
  try {
    await removeTemporaries(runFolder);
    await removeTemporaries(folder);
  } catch (error) {
    lock.release();
    throw error;
  }
  let next = 0;
  return {
    load: async () => {
      const tries = await Promise.all(
        FILES.map((name) => tryCheckpoint(`${folder}/${name}`)),
      );
      const [a, b] = tries.map((found) =>
        found instanceof Error ? undefined : found
      );
      const damage = tries.find((found) => found instanceof Error);
      if (!a && !b) throw damage ?? noCheckpoint(runFolder);
      const checkpoint = !b || (a && isFurther(a, b)) ? a! : b;
      next = checkpoint === a ? 1 : 0;
      return { checkpoint, damage: damage?.message };
    },
    save: async (checkpoint) => {
      const bytes = await encodeCheckpoint(checkpoint);
      await writeWhole(`${folder}/${FILES[next]}`, bytes, { durable: true });
      next = 1 - next;
    },
    remove: () => Deno.remove(folder, { recursive: true }),
    close: () => lock.release(),
  };
}

/** Whether a run has a checkpoint to go on from. */
export async function hasCheckpoint(runFolder: string): Promise<boolean> {
  return await checkpointTime(runFolder) > 0;
}

/** When a run has kept its newest checkpoint, in ms; 0 where it has none. */
export async function checkpointTime(runFolder: string): Promise<number> {
  const times = await Promise.all(FILES.map(async (name) => {
    try {
      const { mtime } = await Deno.stat(`${runFolder}/checkpoint/${name}`);
      return mtime!.getTime();
    } catch {
      return 0;
    }
  }));
  return Math.max(...times);
}

function noCheckpoint(runFolder: string): Error {
  return new Deno.errors.NotFound(
    `Cannot go on with ${runFolder} as it must have a checkpoint: there is none, as where a run is finished`,
  );
}

/** Nothing where there is no such file, and the error of one that is damaged. */
async function tryCheckpoint(
  path: string,
): Promise<Checkpoint | Error | undefined> {
  const tried = `Cannot go on from ${path}`;
  try {
    const { size } = await Deno.stat(path);
    if (size > MAX_BYTES) {
      return new SyntaxError(
        `${tried} as a checkpoint has ${MAX_BYTES} bytes at most: current length is ${size}`,
      );
    }
    return await decodeCheckpoint(await Deno.readFile(path), tried);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof SyntaxError) return error;
    return fileError(`${tried} as it must be a readable file`, error);
  }
}

/** Whether the first is of a later step. */
function isFurther(
  { state: a }: Checkpoint,
  { state: b }: Checkpoint,
): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.done > b.done);
}

/** Removes what a process has left that was killed while it wrote. */
async function removeTemporaries(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".tmp")) await Deno.remove(`${folder}/${name}`);
  }
}
