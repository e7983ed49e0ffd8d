/**
 * SHA-256, to tell that bytes are the published ones.
 *
 * @module
 */

import { sha256 } from "../files/mod.ts";

/**
 * Checks that `bytes` are the ones that are wanted.
 *
 * @param name What the error calls them.
 * @param remedy What to do about it, as the end of the error's sentence.
 * @throws {SyntaxError} If their SHA-256 is not `wanted`.
 */
export async function checkSha256(
  bytes: Uint8Array<ArrayBuffer>,
  wanted: string,
  name: string,
  remedy: string,
): Promise<void> {
  const current = await sha256(bytes);
  if (current === wanted) return;
  throw new SyntaxError(
    `Cannot use ${name} as the SHA-256 of its ${bytes.length} bytes must be ${wanted}: current is ${current}; ${remedy}`,
  );
}
