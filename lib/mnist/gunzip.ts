/**
 * Unpacks gzip, the way in which MNIST's files are published.
 *
 * @module
 */

/** Bytes that a file may unpack to: five times those of MNIST's largest. */
export const MOST_UNPACKED_BYTES = 250e6;

/** Bytes that are unpacked at a time: they may hold a thousand times as many. */
const PIECE = 16384;

/**
 * Unpacks bytes that begin as gzip does, with 1f 8b (RFC 1952), and gives
 * others back as they are.
 *
 * @param bytes Whole file.
 * @param name What the error calls it.
 * @param maxBytes That it may unpack to: no more than that is unpacked.
 * @throws {RangeError} If it holds more.
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
  maxBytes: number = MOST_UNPACKED_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = ReadableStream.from(pieces(bytes))
    .pipeThrough(new DecompressionStream("gzip"));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for await (const part of stream) {
      parts.push(part);
      length += part.length;
      if (length > maxBytes) break;
    }
  } catch {
    throw new SyntaxError(
      `Cannot unpack ${name} as it must be one whole gzip stream: its ${bytes.length} bytes are damaged, cut off, or too many`,
    );
  }
  if (length > maxBytes) {
    throw new RangeError(
      `Cannot unpack ${name} as it must hold at most ${
        maxBytes / 1e6
      } MB: its ${bytes.length} bytes hold more`,
    );
  }
  return await new Blob(parts).bytes();
}

function* pieces(
  bytes: Uint8Array<ArrayBuffer>,
): Generator<Uint8Array<ArrayBuffer>> {
  for (let start = 0; start < bytes.length; start += PIECE) {
    yield bytes.subarray(start, start + PIECE);
  }
}
