/**
 * What the chunks of a WebP say before any pixel is decoded.
 *
 * Source: RFC 9649; RFC 6386, section 9.1, for the frame of the lossy kind.
 *
 * @module
 */

import { exifOrientation } from "./_exif_orientation.ts";
import { damaged, unsupported } from "./_picture_error.ts";

/**
 * Bytes a pixel that libwebp and the picture take; the lossless kind is unpacked
 * to four bytes a pixel before.
 */
const LOSSY_PIXEL_BYTES = 7;
const LOSSLESS_PIXEL_BYTES = 11;

/** The size of the frame. */
export interface WebpHeader {
  format: "WebP";
  width: number;
  height: number;
  memory: number;
  /** 1…8 as in EXIF. */
  orientation: number;
}

/**
 * Walks over the chunks to the first frame, and to EXIF behind it.
 *
 * @throws {SyntaxError} If the file is cut off, holds no frame, or moves.
 */
export function readWebpHeader(bytes: Uint8Array): WebpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = 8 + view.getUint32(4, true);
  if (bytes.length < length) {
    throw damaged("WebP", `it has ${bytes.length} of ${length} bytes`);
  }
  let frame: { width: number; height: number } | undefined;
  let pixelBytes = LOSSY_PIXEL_BYTES;
  let orientation = 1;
  for (let at = 12; at + 8 <= length;) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const content = bytes.subarray(at + 8, Math.min(at + 8 + size, length));
    if (type === "ANIM") {
      throw unsupported("WebP", "it must not move", "it is an animation");
    }
    if (type === "VP8 ") frame ??= readLossy(content);
    if (type === "VP8L") {
      frame ??= readLossless(content);
      pixelBytes = LOSSLESS_PIXEL_BYTES;
    }
    if (type === "EXIF") orientation = exifOrientation(content);
    at += 8 + size + size % 2;
  }
  if (!frame) throw damaged("WebP", "it has no frame");
  const { width, height } = frame;
  return {
    format: "WebP",
    width,
    height,
    memory: 2 * bytes.length + width * height * pixelBytes,
    orientation,
  };
}

/** After a tag of three bytes and a mark, 14 bits of width and of height. */
function readLossy(frame: Uint8Array) {
  const [a, b, c] = frame.subarray(3, 6);
  if (frame.length < 10 || a !== 0x9d || b !== 0x01 || c !== 0x2a) {
    throw damaged("WebP", "the header of its frame is broken");
  }
  return {
    width: (frame[7]! << 8 | frame[6]!) & 0x3fff,
    height: (frame[9]! << 8 | frame[8]!) & 0x3fff,
  };
}

/** After a mark, 14 bits of width and of height, both less one. */
function readLossless(frame: Uint8Array) {
  if (frame.length < 5 || frame[0] !== 0x2f) {
    throw damaged("WebP", "the header of its frame is broken");
  }
  const bits = frame[1]! | frame[2]! << 8 | frame[3]! << 16 | frame[4]! << 24;
  return { width: (bits & 0x3fff) + 1, height: (bits >>> 14 & 0x3fff) + 1 };
}
