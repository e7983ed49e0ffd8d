/**
 * The folder that a training run leaves its files in.
 *
 * @module
 */

import { fileError, makeFolder } from "../files/mod.ts";

/**
 * Makes a new, empty folder for a run: `name`, or where none is given
 * `prefix-1`, `prefix-2`, … the first that is free. Two runs that start at once
 * get two folders.
 *
 * @param runs Holds all runs; made if it is not there.
 * @returns The folder's path.
 * @throws {RangeError} If the name is no plain folder name.
 * @throws {Deno.errors.AlreadyExists} If there is a run of that name.
 */
export async function createRunFolder(
  runs: string,
  prefix: string,
  name?: string,
): Promise<string> {
  await makeFolder(runs);
  if (name !== undefined) {
    if (!isRunName(name)) {
      throw new RangeError(
        `Cannot name the run as a name must be letters, digits, dots, dashes and underscores: current name is ${name}`,
      );
    }
    if (await makeNewFolder(`${runs}/${name}`)) return `${runs}/${name}`;
    throw new Deno.errors.AlreadyExists(
      `Cannot train into ${runs}/${name} as the folder must be new: there is a run of that name`,
    );
  }
  for (let number = 1;; number++) {
    const folder = `${runs}/${prefix}-${number}`;
    if (await makeNewFolder(folder)) return folder;
  }
}

/** Whether a run can have that name: it has to stay one plain folder. */
export function isRunName(name: string): boolean {
  return /^\w[\w.-]*$/.test(name);
}

/** False where there is something of that name already. */
async function makeNewFolder(path: string): Promise<boolean> {
  try {
    await Deno.mkdir(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw fileError(
      `Cannot make the run's folder ${path} as data/runs must be writable`,
      error,
    );
  }
}
