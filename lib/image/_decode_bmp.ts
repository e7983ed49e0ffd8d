/**
 * BMP, as Windows and OS/2 write it: 1 to 32 bits a pixel, with a palette or
 * with bit masks, bottom row first or last; not compressed.
 *
 * image-js 1.7.0 is not used for it: it takes the colors of a palette for grays
 * without a word, and refuses most 32-bit files.
 *
 * Source: Microsoft, "Bitmap Header Types" and "Bitmap Compression".
 *
 * @module
 */

import {
  checkPictureSize,
  damaged,
  type RawPicture,
  unsupported,
} from "./_raw_picture.ts";
import { unpackSamples } from "./_unpack_samples.ts";

/** Bytes of the file header; the header after it begins with its own size. */
const FILE_HEADER = 14;

/** Bits of red, green and blue where the file names none. */
const DEFAULT_MASKS: Record<number, [number, number, number]> = {
  16: [0x7c00, 0x03e0, 0x001f],
  24: [0xff0000, 0xff00, 0xff],
  32: [0xff0000, 0xff00, 0xff],
};

interface Header {
  /** Where the rows start. */
  offset: number;
  width: number;
  height: number;
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
 * Decodes a BMP.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or its pixels are
 *   compressed.
 */
export function decodeBmp(bytes: Uint8Array): RawPicture {
  const header = readHeader(bytes);
  const { offset, width, height, topDown, depth, masks } = header;
  checkPictureSize("BMP", width, height);
  const rowBytes = Math.ceil(width * depth / 32) * 4;
  const length = offset + rowBytes * height;
  if (bytes.length < length) {
    throw damaged("BMP", `it has ${bytes.length} of ${length} bytes`);
  }

  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  const write = depth <= 8 ? writeColors : writeMasked;
  for (let y = 0; y < height; y++) {
    const start = offset + (topDown ? y : height - 1 - y) * rowBytes;
    const row = bytes.subarray(start, start + rowBytes);
    write(row, header, rgba.subarray(y * width * 4, (y + 1) * width * 4));
  }
  if (masks[3] && isClear(rgba)) {
    // Programs that know no alpha leave it at 0 and mean a solid picture.
    for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  }
  return { width, height, rgba, orientation: 1 };
}

function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(FILE_HEADER, true);
  if (bytes.length < FILE_HEADER + Math.max(size, 12)) {
    throw damaged("BMP", "it ends within its header");
  }
  const offset = view.getUint32(10, true);
  const palette = bytes.subarray(FILE_HEADER + size, offset);
  if (size < 40) {
    // The header of OS/2 has shorter fields.
    const depth = checkDepth(view.getUint16(24, true));
    return {
      offset,
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      topDown: false,
      depth,
      palette,
      paletteBytes: 3,
      masks: DEFAULT_MASKS[depth] ?? [],
    };
  }
  const depth = checkDepth(view.getUint16(28, true));
  const height = view.getInt32(22, true);
  return {
    offset,
    width: view.getInt32(18, true),
    height: Math.abs(height),
    topDown: height < 0,
    depth,
    palette,
    paletteBytes: 4,
    masks: readMasks(view, size, depth),
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
  const mask = (index: number) => view.getUint32(54 + 4 * index, true);
  const masks = stored ? [0, 1, 2].map(mask) : DEFAULT_MASKS[depth] ?? [];
  const alpha = depth >= 16 && (size >= 56 || compression === 6) ? mask(3) : 0;
  return alpha === 0 ? masks : [...masks, alpha];
}

/** Writes a row whose samples are indices of colors. */
function writeColors(
  row: Uint8Array,
  { width, depth, palette, paletteBytes }: Header,
  rgba: Uint8ClampedArray,
): void {
  const samples = new Uint16Array(width);
  unpackSamples(row, depth, samples);
  for (let x = 0; x < width; x++) {
    const color = samples[x]! * paletteBytes;
    for (let channel = 0; channel < 3; channel++) {
      rgba[4 * x + channel] = palette[color + 2 - channel]!;
    }
  }
}

/** Writes a row whose pixels hold red, green, blue and alpha as bits. */
function writeMasked(
  row: Uint8Array,
  { width, depth, masks }: Header,
  rgba: Uint8ClampedArray,
): void {
  const bytes = depth / 8;
  const channels = masks.map((mask) => {
    const shift = 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: 255 / (mask >>> shift) };
  });
  for (let x = 0; x < width; x++) {
    let pixel = 0;
    for (let byte = 0; byte < bytes; byte++) {
      pixel |= row[x * bytes + byte]! << 8 * byte;
    }
    channels.forEach(({ mask, shift, scale }, channel) => {
      rgba[4 * x + channel] = ((pixel & mask) >>> shift) * scale;
    });
  }
}

function isClear(rgba: Uint8ClampedArray): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 0) return false;
  return true;
}
