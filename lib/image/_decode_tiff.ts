/**
 * TIFF, its first picture: gray, palette, RGB or CMYK of 1 to 16 bits a sample,
 * in strips or tiles, channels together or apart.
 *
 * image-js 1.7.0 is not used for it: it spoils tiles of color without a word,
 * and refuses PackBits, plain 1-bit files, and any orientation but upright.
 *
 * Nor is utif2 4.1.0, which reads fax too: one changed byte in a fax of 40 kB
 * keeps it busy for over 20 s. It fills up a cut file with black and reads gray
 * of 4 bits as blank, both without a word, prints a line for each tiled file,
 * and wants to read the environment where channels lie apart.
 *
 * Source: Adobe, "TIFF Revision 6.0".
 *
 * @module
 */

import { decompressTiff } from "./_decompress_tiff.ts";
import { damaged } from "./_picture_error.ts";
import type { RgbImage } from "./rgb_image.ts";
import type { TiffHeader } from "./_tiff_header.ts";
import { turnPixels } from "./_turn_pixels.ts";
import { unpackSamples } from "./_unpack_samples.ts";

/**
 * Decodes the first picture of a TIFF.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or its compression
 *   is another one than those that keep every bit.
 */
export function decodeTiff(header: TiffHeader): RgbImage {
  const { width, height, channels, planes } = header;
  const { tileWidth, tileHeight, tileBytes } = header;
  const rgb = new Uint8Array(width * height * 3);
  const rgba = new Uint8ClampedArray(tileWidth * 4);
  const write = colorWriter(header);
  const step = channels / planes; // samples of a pixel that lie together
  const plane = new Uint16Array(tileWidth * step);
  const samples = planes === 1 ? plane : new Uint16Array(tileWidth * channels);
  const rowBytes = tileBytes / tileHeight;
  const across = Math.ceil(width / tileWidth);
  const places = across * Math.ceil(height / tileHeight);

  for (let place = 0; place < places; place++) {
    const left = place % across * tileWidth;
    const top = Math.floor(place / across) * tileHeight;
    const rows = Math.min(tileHeight, height - top);
    const columns = Math.min(tileWidth, width - left);
    const tiles = Array.from(
      { length: planes },
      (_, i) => unpackTile(header, i * places + place, rows * rowBytes),
    );
    for (let y = 0; y < rows; y++) {
      for (const [i, tile] of tiles.entries()) {
        readRow(tile.subarray(y * rowBytes), header, step, plane);
        if (planes === 1) break;
        for (let x = 0; x < columns; x++) samples[x * planes + i] = plane[x]!;
      }
      write(samples, columns, rgba);
      const row = turnPixels(rgba.subarray(0, columns * 4), 4, columns, 1, 1);
      rgb.set(row.data, ((top + y) * width + left) * 3);
    }
  }
  return turnPixels(rgb, 3, width, height, header.orientation);
}

/** @param length Bytes of it that lie within the picture. */
function unpackTile(
  { tile, tileBytes, compression }: TiffHeader,
  index: number,
  length: number,
): Uint8Array {
  const data = decompressTiff(tile(index), compression, tileBytes);
  if (data.length < length) {
    throw damaged("TIFF", "it has too few bytes of pixels");
  }
  return data;
}

/** Unpacks a row of a tile and undoes its prediction. */
function readRow(
  bytes: Uint8Array,
  { depth, littleEndian, predicted }: TiffHeader,
  step: number,
  row: Uint16Array,
): void {
  unpackSamples(bytes, depth, row);
  if (depth === 16 && littleEndian) {
    for (let i = 0; i < row.length; i++) row[i] = row[i]! << 8 | row[i]! >> 8;
  }
  if (predicted) {
    const mask = 2 ** depth - 1;
    for (let i = step; i < row.length; i++) {
      row[i] = row[i]! + row[i - step]! & mask;
    }
  }
}

/** Turns a row of samples into red, green, blue and alpha. */
function colorWriter(
  { depth, channels, colorSamples, photometric, colorMap, extraSample }:
    TiffHeader,
): (samples: Uint16Array, columns: number, rgba: Uint8ClampedArray) => void {
  const max = 2 ** depth - 1;
  const scale = 255 / max;
  const hasAlpha = channels > colorSamples && [1, 2].includes(extraSample);
  // Some programs write palettes of 8 bits where the format has 16.
  const mapScale = colorMap.some((value) => value > 255) ? 1 / 257 : 1;

  return (samples, columns, rgba) => {
    for (let x = 0, i = 0, to = 0; x < columns; x++, i += channels, to += 4) {
      const alpha = hasAlpha ? samples[i + colorSamples]! / max : 1;
      const gain = extraSample === 1 && alpha > 0 ? 1 / alpha : 1;
      for (let channel = 0; channel < 3; channel++) {
        let value = samples[i]!;
        if (photometric === 0) value = (max - value) * scale;
        else if (photometric === 1) value *= scale;
        else if (photometric === 2) value = samples[i + channel]! * scale;
        else if (photometric === 3) {
          value = colorMap[channel * 2 ** depth + value]! * mapScale;
        } else {
          value = (max - samples[i + channel]!) * (max - samples[i + 3]!) /
            max * scale;
        }
        rgba[to + channel] = value * gain;
      }
      rgba[to + 3] = alpha * 255;
    }
  };
}
