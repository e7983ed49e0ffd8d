/**
 * Reading a file that may be larger than is good for us.
 *
 * @module
 */

/** What is read at a time where nobody knows how much there is. */
const PIECE = 65536;

/**
 * Reads a whole file, unless it is too large: then as little as it takes to
 * know. What has no size, such as a pipe or a device, is read up to the limit.
 *
 * @throws {RangeError} If it has more than `maxBytes`.
 * @throws An error of `Deno.errors` if it cannot be read.
 *
 * @example A small file
 * ```ts
 * import { readLimited } from "./read_limited.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals((await readLimited("LICENSE", 2000)).length, 1087);
 * ```
 */
export async function readLimited(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  if (size > maxBytes) throw tooLarge(maxBytes);
  let bytes = new Uint8Array(size);
  let length = 0;
  const more = new Uint8Array(PIECE);
  while (true) {
    const isFull = length === bytes.length;
    const count = await file.read(isFull ? more : bytes.subarray(length));
    if (count === null) break;
    if (isFull) {
      if (length + count > maxBytes) throw tooLarge(maxBytes);
      const larger = new Uint8Array(Math.max(length + count, 2 * length));
      larger.set(bytes);
      larger.set(more.subarray(0, count), length);
      bytes = larger;
    }
    length += count;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

function tooLarge(maxBytes: number): RangeError {
  return new RangeError(`it has more than ${maxBytes / 1e6} MB`);
}
