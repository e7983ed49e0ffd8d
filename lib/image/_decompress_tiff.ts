/**
 * The compressions of TIFF that keep every bit: none, LZW, deflate, PackBits.
 *
 * Source: Adobe, "TIFF Revision 6.0", sections 9 and 13; "TIFF Technical Notes"
 * of 2002 for deflate.
 *
 * @module
 */

import { inflateSync } from "node:zlib";
import { unsupported } from "./_picture_error.ts";

/** Names of what scanners write and this project does not read. */
const NAMES: Record<number, string> = {
  2: "CCITT RLE",
  3: "CCITT fax, group 3",
  4: "CCITT fax, group 4",
  6: "JPEG",
  7: "JPEG",
};

/**
 * Decompresses one strip or tile.
 *
 * @param length Bytes that it holds; it may turn out shorter where it is cut.
 * @throws {SyntaxError} If the compression is another one.
 */
export function decompressTiff(
  bytes: Uint8Array,
  compression: number,
  length: number,
): Uint8Array {
  switch (compression) {
    case 1:
      return bytes;
    case 5:
      return lzw(bytes, length);
    case 8:
    case 32946:
      return inflateSync(bytes, { maxOutputLength: length + 65536 });
    case 32773:
      return packBits(bytes, length);
    default:
      throw unsupported(
        "TIFF",
        "its compression must be none, LZW, deflate or PackBits",
        `it is ${NAMES[compression] ?? `of number ${compression}`}`,
      );
  }
}

/** Codes of 9 to 12 bits, each for a byte or a string written before. */
function lzw(bytes: Uint8Array, length: number): Uint8Array {
  const CLEAR = 256;
  const END = 257;
  const out = new Uint8Array(length);
  let written = 0;
  // A new string is the last one and the byte that came after it.
  const starts = new Uint32Array(4096);
  const lengths = new Uint32Array(4096);
  let size = 0;
  let lastStart = 0;
  let lastLength = 0;

  let codeBits = 9;
  for (let bit = 0; bit + codeBits <= bytes.length * 8 && written < length;) {
    let code = 0;
    for (const end = bit + codeBits; bit < end; bit++) {
      code = code << 1 | bytes[bit >> 3]! >> (7 - (bit & 7)) & 1;
    }
    if (code === END) break;
    if (code === CLEAR) {
      size = 258;
      codeBits = 9;
      lastLength = 0;
      continue;
    }
    if (lastLength > 0 && size < 4096) {
      starts[size] = lastStart;
      lengths[size++] = lastLength + 1;
    }
    lastStart = written;
    if (code < 256) {
      out[written++] = code;
    } else {
      if (code >= size) break;
      const start = starts[code]!;
      for (let i = 0; i < lengths[code]!; i++) out[written++] = out[start + i]!;
    }
    lastLength = written - lastStart;
    if (size + 1 >= 1 << codeBits && codeBits < 12) codeBits++;
  }
  return out.subarray(0, written);
}

/** Runs: a count from 0 up copies bytes, a negative one repeats a byte. */
function packBits(bytes: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let written = 0;
  for (let i = 0; i < bytes.length && written < length;) {
    const count = bytes[i++]! << 24 >> 24;
    if (count >= 0) {
      const run = bytes.subarray(i, i + Math.min(count + 1, length - written));
      out.set(run, written);
      written += run.length;
      i += count + 1;
    } else if (count > -128) {
      out.fill(bytes[i++]!, written, written + 1 - count);
      written = Math.min(length, written + 1 - count);
    }
  }
  return out.subarray(0, written);
}
