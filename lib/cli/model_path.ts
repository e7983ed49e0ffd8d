/**
 * Where a model lies, and which one it is.
 *
 * @module
 */

import { fileError, readLimited, sha256 } from "../files/mod.ts";
import { projectPath, userPath } from "./user_path.ts";

/** Where the model that comes with the project lies. */
const SHIPPED_MODEL = "data/model";

/** Of a file: no model that can be loaded has more. */
const MOST_BYTES = 200e6;

/** The model's folder: as typed, or the shipped one. */
export function modelPath(modelFolder: string | undefined): string {
  return modelFolder === undefined
    ? projectPath(SHIPPED_MODEL)
    : userPath(modelFolder);
}

/**
 * What tells a model from others: a SHA-256 of its two files, in hexadecimal.
 *
 * @throws An error of `Deno.errors` that names the folder, if one of them
 *   cannot be read.
 */
export async function modelIdentity(
  modelFolder: string | undefined,
): Promise<string> {
  const folder = modelPath(modelFolder);
  const hashes: string[] = [];
  for (const name of ["model.json", "weights.bin"]) {
    try {
      const bytes = await readLimited(`${folder}/${name}`, MOST_BYTES);
      hashes.push(await sha256(bytes));
    } catch (error) {
      throw fileError(
        `Cannot load the model in ${folder} as the folder must hold model.json and weights.bin`,
        error,
      );
    }
  }
  return await sha256(new TextEncoder().encode(hashes.join()));
}
