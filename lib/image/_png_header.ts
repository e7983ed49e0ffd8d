/**
 * What a PNG says of itself before its pixels are unpacked.
 *
 * Nothing here is decompressed: texts and color profiles, which may hold bombs,
 * are passed over.
 *
 * Source: W3C, "Portable Network Graphics (PNG) Specification".
 *
 * @module
 */

import { exifOrientation } from "./_exif_orientation.ts";
import { damaged } from "./_picture_error.ts";

/** Samples a pixel, and the depths that there are, of each color type. */
const COLOR_TYPES: Record<number, { channels: number; depths: number[] }> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] }, // gray
  2: { channels: 3, depths: [8, 16] }, // RGB
  3: { channels: 1, depths: [1, 2, 4, 8] }, // palette
  4: { channels: 2, depths: [8, 16] }, // gray and alpha
  6: { channels: 4, depths: [8, 16] }, // RGB and alpha
};

/** Of the signature, and of a chunk without its content. */
const SIGNATURE = 8;
const CHUNK = 12;

/** A part of the file. */
export interface PngChunk {
  type: string;
  /** Where it begins. */
  start: number;
  /** Where the next one begins. */
  end: number;
}

/** The header, and what else its pixels need. */
export interface PngHeader {
  format: "PNG";
  width: number;
  height: number;
  memory: number;
  /** Bits a sample. */
  depth: number;
  colorType: number;
  /** Samples a pixel. */
  channels: number;
  interlaced: boolean;
  /** Red, green and blue of each color. */
  palette: Uint8Array;
  /** Alpha of each color, or the color that is clear. */
  transparency: Uint8Array;
  orientation: number;
}

/**
 * Reads the header, and finds the chunks that the pixels need.
 *
 * @throws {SyntaxError} If the file is cut off, or its header broken.
 */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let palette: Uint8Array = new Uint8Array(0);
  let transparency: Uint8Array = new Uint8Array(0);
  let orientation = 1;
  for (const { type, start, end } of pngChunks(bytes)) {
    if ((start === SIGNATURE) !== (type === "IHDR")) {
      throw damaged("PNG", "its header does not come first");
    }
    const content = bytes.subarray(start + 8, end - 4);
    if (type === "PLTE") palette = content;
    else if (type === "tRNS") transparency = content;
    else if (type === "eXIf") orientation = exifOrientation(content);
  }
  if (view.getUint32(SIGNATURE) !== 13) {
    throw damaged("PNG", "its header has not 13 bytes");
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const depth = view.getUint8(24);
  const colorType = view.getUint8(25);
  const kind = COLOR_TYPES[colorType];
  if (!kind || !kind.depths.includes(depth) || view.getUint8(28) > 1) {
    throw damaged(
      "PNG",
      `its pixels are of kind ${colorType} with ${depth} bits`,
    );
  }
  const { channels } = kind;
  return {
    format: "PNG",
    width,
    height,
    // The file, the picture, and again where it is turned.
    memory: bytes.length + width * height * (orientation === 1 ? 3 : 6),
    depth,
    colorType,
    channels,
    interlaced: view.getUint8(28) === 1,
    palette,
    transparency,
    orientation,
  };
}

/** Bytes of a row, without its filter. */
export function pngRowBytes(
  width: number,
  channels: number,
  depth: number,
): number {
  return Math.ceil(width * channels * depth / 8);
}

/**
 * The chunks up to the last one, IEND.
 *
 * @throws {SyntaxError} If the file ends before.
 */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = SIGNATURE, type = ""; type !== "IEND";) {
    if (start + CHUNK > bytes.length) {
      throw damaged("PNG", "it ends without its end chunk");
    }
    const end = start + CHUNK + view.getUint32(start);
    if (end > bytes.length) {
      throw damaged("PNG", `it ends within its chunk at byte ${start}`);
    }
    type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    yield { type, start, end };
    start = end;
  }
}
