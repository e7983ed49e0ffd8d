/** Making folders. @module */

import { fileError } from "./file_error.ts";

/**
 * Makes a folder, with those above it, unless it is there already.
 *
 * @throws An error of `Deno.errors` that names the folder, if it cannot be
 *   made.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw fileError(
      `Cannot make the folder ${path} as the one above it must be writable`,
      error,
    );
  }
}
