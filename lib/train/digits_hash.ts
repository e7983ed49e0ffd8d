/**
 * Tells one set of digits from another.
 *
 * @module
 */

import { sha256 } from "../files/mod.ts";
import type { MnistSplits } from "../mnist/mod.ts";

/**
 * SHA-256, in lower-case hexadecimal, of all that a run learns from and is
 * judged by, in its order: of the SHA-256 of its images and labels.
 */
export async function digitsHash(
  { train, validation, test }: MnistSplits,
): Promise<string> {
  const parts = [train, validation, test]
    .flatMap(({ images, labels }) => [images, labels]);
  const hashes = await Promise.all(parts.map(sha256));
  return await sha256(new TextEncoder().encode(hashes.join("")));
}
