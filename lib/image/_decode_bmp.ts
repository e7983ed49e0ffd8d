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

import type { BmpHeader } from "./_bmp_header.ts";
import { damaged } from "./_picture_error.ts";
import type { RgbImage } from "./rgb_image.ts";
import { turnPixels } from "./_turn_pixels.ts";
import { unpackSamples } from "./_unpack_samples.ts";

/**
 * Decodes a BMP.
 *
 * @throws {SyntaxError} If the file is cut off.
 */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): RgbImage {
  const { offset, width, height, topDown, depth, rowBytes } = header;
  const length = offset + rowBytes * height;
  if (bytes.length < length) {
    throw damaged("BMP", `it has ${bytes.length} of ${length} bytes`);
  }
  const row = (y: number) => {
    const start = offset + (topDown ? y : height - 1 - y) * rowBytes;
    return bytes.subarray(start, start + rowBytes);
  };
  const rgb = new Uint8Array(width * height * 3);
  const rgba = new Uint8ClampedArray(width * 4).fill(255);
  const write = depth <= 8 ? colorWriter(header) : maskWriter(header, row);
  for (let y = 0; y < height; y++) {
    write(row(y), rgba);
    rgb.set(turnPixels(rgba, 4, width, 1, 1).data, y * width * 3);
  }
  return { width, height, data: rgb };
}

/** Writes a row as red, green, blue and alpha. */
type RowWriter = (row: Uint8Array, rgba: Uint8ClampedArray) => void;

/** For rows whose samples are indices of colors. */
function colorWriter(
  { width, depth, palette, paletteBytes }: BmpHeader,
): RowWriter {
  const samples = new Uint16Array(width);
  return (row, rgba) => {
    unpackSamples(row, depth, samples);
    for (let x = 0; x < width; x++) {
      const color = samples[x]! * paletteBytes;
      for (let channel = 0; channel < 3; channel++) {
        rgba[4 * x + channel] = palette[color + 2 - channel]!;
      }
    }
  };
}

/** For rows whose pixels hold red, green, blue and alpha as bits. */
function maskWriter(
  { width, height, depth, masks }: BmpHeader,
  rowAt: (y: number) => Uint8Array,
): RowWriter {
  const bytes = depth / 8;
  const pixelAt = (row: Uint8Array, x: number) => {
    let pixel = 0;
    for (let byte = 0; byte < bytes; byte++) {
      pixel |= row[x * bytes + byte]! << 8 * byte;
    }
    return pixel;
  };
  const isSolid = (alpha: number) => {
    for (let y = 0; y < height; y++) {
      const row = rowAt(y);
      for (let x = 0; x < width; x++) {
        if (pixelAt(row, x) & alpha) return false;
      }
    }
    return true;
  };
  // Programs that know no alpha leave it at 0 and mean a solid picture.
  const kept = masks[3] && isSolid(masks[3]) ? masks.slice(0, 3) : masks;
  const channels = kept.map((mask) => {
    const shift = 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: 255 / (mask >>> shift) };
  });
  return (row, rgba) => {
    for (let x = 0; x < width; x++) {
      const pixel = pixelAt(row, x);
      for (const [channel, { mask, shift, scale }] of channels.entries()) {
        rgba[4 * x + channel] = ((pixel & mask) >>> shift) * scale;
      }
    }
  };
}
