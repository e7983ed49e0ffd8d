/**
 * Small files that ask for much: each by what it is.
 *
 * @module
 */

import { deflateSync } from "node:zlib";
import {
  ascii,
  big,
  bmp,
  join,
  jpeg,
  little,
  pngChunk,
  tiff,
} from "../image/picture_bytes.ts";

const GIANT = 60_000;

/** What unpacks to 400 MB. */
function bomb(): Uint8Array {
  return deflateSync(new Uint8Array(400_000_000), { level: 9 });
}

function png(width: number, height: number, ...chunks: Uint8Array[]) {
  return join(
    [0x89, ...ascii("PNG\r\n\x1a\n")],
    pngChunk("IHDR", [...big(4, width, height), 8, 2, 0, 0, 0]),
    ...chunks,
    pngChunk("IEND", []),
  );
}

/** A JPEG with its frame's size replaced, and scans behind the first. */
function jpegOf(
  [width, height]: [number, number],
  levels: number[],
  scans: number,
): Uint8Array {
  const whole = jpeg({ levels, progressive: scans > 1 });
  const frame = whole.findIndex((byte, i) =>
    byte === 0xff && (whole[i + 1] === 0xc0 || whole[i + 1] === 0xc2)
  );
  whole.set(big(2, height, width), frame + 5);
  // Of the whole picture, with its finer coefficients all 0.
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0];
  return join(
    whole.subarray(0, -2),
    ...new Array(scans - 1).fill(scan),
    [0xff, 0xd9],
  );
}

function webp(type: string, content: number[]): Uint8Array {
  return join(
    [...ascii("RIFF"), ...little(4, 12 + content.length), ...ascii("WEBP")],
    [...ascii(type), ...little(4, content.length), ...content],
  );
}

/** Pictures of 3,600 megapixels, or 268, which is all that WebP can have. */
export function giants(): Record<string, Uint8Array> {
  const size = { 256: [GIANT], 257: [GIANT] };
  return {
    "giant.png": png(
      GIANT,
      GIANT,
      pngChunk("IDAT", deflateSync(new Uint8Array(4_000_000))),
    ),
    "giant.jpg": jpegOf([GIANT, GIANT], [9, 99, 199], 1),
    "giant.bmp": bmp({ width: GIANT, height: GIANT, depth: 1, rows: [] }),
    "giant.tif": tiff({ ...size, 259: [8] }, [[1, 2, 3]]),
    "giant_tiles.tif": tiff(
      { 256: [4], 257: [4], 322: [GIANT], 323: [GIANT] },
      [[1]],
      { tiled: true },
    ),
    "giant.webp": webp("VP8L", [0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]),
    "giant_lossy.webp": webp("VP8 ", [
      ...[0x10, 0, 0, 0x9d, 1, 0x2a],
      ...little(2, 16383, 16383),
    ]),
  };
}

/** Bombs that lie behind what is read, so that there is an answer. */
export const HARMLESS = ["pixels.png", "text.png", "profile.png"];

/** Files that unpack to far more than they say, or take far too long. */
export function bombs(): Record<string, Uint8Array> {
  const packed = bomb();
  const pixels = pngChunk("IDAT", deflateSync(new Uint8Array(10 * 31)));
  const gray = { 256: [10], 257: [10], 258: [8], 262: [1] };
  // As many tags as there can be, each with all of the file as its values.
  const filler = new Uint8Array(4_000_000);
  const count = 65_535;
  const tags = new Uint8Array(2 + 12 * count + 4);
  const view = new DataView(tags.buffer);
  view.setUint16(0, count, true);
  for (let i = 0; i < count; i++) {
    view.setUint16(2 + 12 * i, i, true);
    view.setUint16(4 + 12 * i, 1, true);
    view.setUint32(6 + 12 * i, filler.length, true);
    view.setUint32(10 + 12 * i, 8, true);
  }
  return {
    "pixels.png": png(10, 10, pngChunk("IDAT", packed)),
    "text.png": png(10, 10, pngChunk("zTXt", join([65, 0, 0], packed)), pixels),
    "profile.png": png(
      10,
      10,
      pngChunk("iCCP", join([65, 0, 0], packed)),
      pixels,
    ),
    "no_pixels.png": png(10, 10),
    "strip.tif": tiff({ ...gray, 259: [8] }, [packed]),
    "strips.tif": tiff(
      { ...gray, 256: [1000], 257: [30_000], 278: [1], 259: [5] },
      [new Uint8Array(1_000_000).fill(0x80)],
    ),
    "tags.tif": join(
      [...ascii("II*\0"), ...little(4, 8 + filler.length)],
      filler,
      tags,
    ),
    "scans.jpg": jpegOf([8000, 8000], [9], 3000),
    "scans_cmyk.jpg": jpegOf([3000, 3000], [9, 9, 9, 9], 500),
    "buffered.jpg": jpegOf([9999, 9999], [9, 9, 9], 2),
    "moves.webp": webp("ANIM", [0, 0, 0, 0, 0, 0]),
  };
}
