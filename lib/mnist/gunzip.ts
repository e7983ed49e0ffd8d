/**
 * Unpacks gzip, the way in which MNIST's files are published.
 *
 * @module
 */

/**
 * Unpacks bytes that begin as gzip does, with 1f 8b (RFC 1952), and gives
 * others back as they are.
 *
 * @param bytes Whole file.
 * @param name What the error calls it.
 * @throws {SyntaxError} If gzip is damaged, cut off, or followed by more.
 *
 * @example Bytes that are not gzip
 * ```ts
 * import { gunzip } from "./gunzip.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...await gunzip(Uint8Array.of(7))], [7]);
 * ```
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  name = "a gzip file",
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  try {
    return await new Response(stream).bytes();
  } catch {
    throw new SyntaxError(
      `Cannot unpack ${name} as it must be one whole gzip stream: its ${bytes.length} bytes are damaged, cut off, or too many`,
    );
  }
}
