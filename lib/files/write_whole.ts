/**
 * Writing a file whole or not at all.
 *
 * @module
 */

import { fileError } from "./file_error.ts";

/**
 * Writes under a temporary name in the same folder, then renames: whoever
 * reads sees the old file or the new one, never half of one. Nothing is left
 * behind where it fails, and two processes do not disturb each other.
 *
 * @param path In a folder that is there.
 * @throws An error of `Deno.errors` that names the file, if the folder is
 *   missing, full, or not to be written.
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  try {
    await Deno.writeFile(temporary, bytes, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw fileError(
      `Cannot write ${path} as its folder must be writable, with room for ${bytes.length} bytes`,
      error,
    );
  }
}
