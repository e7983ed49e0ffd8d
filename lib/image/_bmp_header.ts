/**
 * What a BMP says of itself before its rows.
 *
 * Source: Microsoft, "Bitmap Header Types" and "Bitmap Compression".
 *
 * @module
 */

import { damaged, unsupported } from "./_picture_error.ts";

/** Bytes of the file header; the header after it begins with its own size. */
const FILE_HEADER = 14;

/** Bits of red, green and blue where the file names none. */
const DEFAULT_MASKS: Record<number, [number, number, number]> = {
  16: [0x7c00, 0x03e0, 0x001f],
  24: [0xff0000, 0xff00, 0xff],
  32: [0xff0000, 0xff00, 0xff],
};

/** The header, and how the rows are stored. */
export interface BmpHeader {
  format: "BMP";
  width: number;
  height: number;
  memory: number;
  /** Where the rows start. */
  offset: number;
  /** Bytes of a row, filled up to a multiple of four. */
  rowBytes: number;
  /** Whether the first row stored is the top one. */
  topDown: boolean;
  /** Bits a pixel. */
  depth: number;
  /** Blue, green, red, and in newer files a spare byte, for each color. */
  palette: Uint8Array;
  paletteBytes: 3 | 4;
  /** Bits of red, green, blue, and alpha if there is one. */
  masks: number[];
}

/**
 * Reads the header.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or its pixels are
 *   compressed.
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(FILE_HEADER, true);
  if (bytes.length < FILE_HEADER + Math.max(size, 12)) {
    throw damaged("BMP", "it ends within its header");
  }
  const isOld = size < 40; // the header of OS/2 has shorter fields
  const depth = checkDepth(view.getUint16(isOld ? 24 : 28, true));
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isOld
    ? view.getUint16(20, true)
    : view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const offset = view.getUint32(10, true);
  return {
    format: "BMP",
    width,
    height,
    memory: bytes.length + width * height * 3,
    offset,
    rowBytes: Math.ceil(width * depth / 32) * 4,
    topDown: signedHeight < 0,
    depth,
    palette: bytes.subarray(FILE_HEADER + size, offset),
    paletteBytes: isOld ? 3 : 4,
    masks: isOld ? DEFAULT_MASKS[depth] ?? [] : readMasks(view, size, depth),
  };
}

function checkDepth(depth: number): number {
  if ([1, 2, 4, 8, 16, 24, 32].includes(depth)) return depth;
  throw damaged("BMP", `it has ${depth} bits a pixel`);
}

/** Masks follow the first 40 bytes of the header, or are part of it. */
function readMasks(view: DataView, size: number, depth: number): number[] {
  const compression = view.getUint32(30, true);
  const stored = compression === 3 || compression === 6;
  if (compression !== 0 && !stored) {
    throw unsupported(
      "BMP",
      "its pixels must not be compressed",
      `its compression is ${compression}`,
    );
  }
  const mask = (index: number) => {
    const at = 54 + 4 * index;
    if (at + 4 > view.byteLength) {
      throw damaged("BMP", "it ends within its header");
    }
    return view.getUint32(at, true);
  };
  const masks = stored ? [0, 1, 2].map(mask) : DEFAULT_MASKS[depth] ?? [];
  const alpha = depth >= 16 && (size >= 56 || compression === 6) ? mask(3) : 0;
  return alpha === 0 ? masks : [...masks, alpha];
}
