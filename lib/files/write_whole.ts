/**
 * Writing a file whole or not at all.
 *
 * @module
 */

import { fileError } from "./file_error.ts";

/** How a file is written. */
export interface WriteOptions {
  /**
   * Waits for the disk before the file takes its place, so that a loss of power
   * leaves the old one or the new one too. Takes some milliseconds.
   */
  durable?: boolean;
  /**
   * The temporary name, for who may write no other file; one that is left from
   * before is written over. It must be the caller's alone, as by a lock.
   */
  temporary?: string;
}

/**
 * Writes under a temporary name in the same folder, then renames: whoever
 * reads sees the old file or the new one, never half of one. Nothing is left
 * behind where it fails, and two processes do not disturb each other. A process
 * that is killed meanwhile leaves a file whose name ends in `.tmp`.
 *
 * @param path In a folder that is there.
 * @throws An error of `Deno.errors` that names the file, if the folder is
 *   missing, full, or not to be written.
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  options: WriteOptions = {},
): Promise<void> {
  const isNamed = options.temporary !== undefined;
  const temporary = options.temporary ??
    `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  try {
    const file = await Deno.open(temporary, {
      write: true,
      ...isNamed ? { create: true, truncate: true } : { createNew: true },
    });
    try {
      let written = 0;
      while (written < bytes.length) {
        written += await file.write(bytes.subarray(written));
      }
      if (options.durable) await file.syncData();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw fileError(
      `Cannot write ${path} as its folder must be writable, with room for ${bytes.length} bytes`,
      error,
    );
  }
}
