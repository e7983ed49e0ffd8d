/**
 * Finds one IDX file in a folder, gzipped or not.
 *
 * @module
 */

import { fileError, readLimited } from "../files/mod.ts";
import { gunzip, MOST_UNPACKED_BYTES } from "./gunzip.ts";

/** A file that was found. */
export interface IdxFile {
  /** Where it was. */
  path: string;
  /** Its uncompressed bytes. */
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads `name` or, where there is none, `name.gz`.
 *
 * @returns Its uncompressed bytes, or undefined if there is neither.
 * @throws {RangeError} If it is far too large, also once it is unpacked.
 * @throws {SyntaxError} If the gzip is damaged.
 * @throws An error of `Deno.errors` that names the file if it cannot be read.
 */
export async function readIdxFile(
  folder: string,
  name: string,
): Promise<IdxFile | undefined> {
  for (const path of [`${folder}/${name}`, `${folder}/${name}.gz`]) {
    let bytes;
    try {
      bytes = await readLimited(path, MOST_UNPACKED_BYTES);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      throw fileError(
        `Cannot read ${path} as it must be a readable file`,
        error,
      );
    }
    return { path, bytes: await gunzip(bytes, path) };
  }
  return undefined;
}
