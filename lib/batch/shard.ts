/**
 * A part of a batch, so that several machines can share it.
 *
 * @module
 */

import type { Picture } from "./picture.ts";

/** The `part`-th of `parts`, from 1. */
export interface Shard {
  part: number;
  parts: number;
}

/** All of it. */
export const WHOLE: Shard = { part: 1, parts: 1 };

/**
 * Parses `i/n`.
 *
 * @throws {RangeError} If it is not two integers with 1 ≤ i ≤ n.
 *
 * @example The second of four
 * ```ts
 * import { parseShard } from "./shard.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseShard("2/4"), { part: 2, parts: 4 });
 * ```
 */
export function parseShard(text: string): Shard {
  const [, part, parts] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(
    Number,
  );
  if (!part || !parts || part > parts) {
    throw new RangeError(
      `Cannot take a shard as it must be i/n with i from 1 to n, such as 2/4: current shard is ${text}`,
    );
  }
  return { part, parts };
}

/** Every n-th picture, from the i-th on. */
export async function* takeShard(
  pictures: AsyncIterable<Picture>,
  { part, parts }: Shard,
): AsyncGenerator<Picture> {
  for await (const picture of pictures) {
    if ((picture.index - part) % parts === 0) yield picture;
  }
}
