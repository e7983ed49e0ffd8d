/**
 * A file that one process at a time can hold.
 *
 * @module
 */

import { fileError } from "./file_error.ts";

/** What is held. */
export interface FileLock {
  /** Lets others have it. */
  release(): void;
}

/**
 * Takes a lock that ends with the process, however that ends: one that was
 * killed blocks nobody. It is the system's own, on an open file, so a process
 * that does not ask for it is not kept from anything.
 *
 * @param path Of a file that is there for this alone; made where it is not.
 * @returns Nothing where the lock is held already, by this process or another.
 * @throws An error of `Deno.errors` that names the file, if it cannot be
 *   opened or its disk knows no locks.
 */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  let file: Deno.FsFile | undefined;
  try {
    file = await Deno.open(path, { create: true, write: true });
    if (await file.tryLock(true)) return { release: () => file!.close() };
  } catch (error) {
    file?.close();
    throw fileError(
      `Cannot lock ${path} as its folder must be writable, on a disk with locks`,
      error,
    );
  }
  file.close();
  return undefined;
}
