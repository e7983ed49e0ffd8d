/**
 * Where a model lies, and which one it is.
 *
 * @module
 */

import { fileError } from "../files/mod.ts";
import { projectPath, userPath } from "./user_path.ts";

/** Where the model that comes with the project lies. */
const SHIPPED_MODEL = "data/model";

/** The model's folder: as typed, or the shipped one. */
export function modelPath(modelFolder: string | undefined): string {
  return modelFolder === undefined
    ? projectPath(SHIPPED_MODEL)
    : userPath(modelFolder);
}

/**
 * What tells a model from others: the SHA-256 of its two files, in hexadecimal.
 *
 * @throws An error of `Deno.errors` that names the folder, if one of them
 *   cannot be read.
 */
export async function modelIdentity(
  modelFolder: string | undefined,
): Promise<string> {
  const folder = modelPath(modelFolder);
  const hashes: Uint8Array[] = [];
  for (const name of ["model.json", "weights.bin"]) {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await Deno.readFile(`${folder}/${name}`);
    } catch (error) {
      throw fileError(
        `Cannot load the model in ${folder} as the folder must hold model.json and weights.bin`,
        error,
      );
    }
    hashes.push(await sha256(bytes));
  }
  return (await sha256(Uint8Array.from(hashes.flatMap((hash) => [...hash]))))
    .toHex();
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
