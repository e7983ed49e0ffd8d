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

import { checkOrientation } from "./_exif_orientation.ts";
import { decompressTiff } from "./_decompress_tiff.ts";
import {
  checkPictureSize,
  damaged,
  type RawPicture,
  unsupported,
} from "./_raw_picture.ts";
import { readTiffTags } from "./_tiff_tags.ts";
import { unpackSamples } from "./_unpack_samples.ts";

/** The tags that are read here. */
const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
};

/** Samples of color in a pixel, by what they mean. */
const COLOR_SAMPLES: Record<number, number> = {
  0: 1, // gray, white is 0
  1: 1, // gray, black is 0
  2: 3, // RGB
  3: 1, // palette
  5: 4, // CMYK
};

/** How the samples are stored. */
interface Layout {
  width: number;
  height: number;
  /** Bits a sample. */
  depth: number;
  /** Samples a pixel. */
  channels: number;
  /** Strips are tiles as wide as the picture. */
  tileWidth: number;
  tileHeight: number;
  /** Bytes of each tile, still compressed. */
  tiles: Uint8Array[];
  compression: number;
  littleEndian: boolean;
  /** Whether each sample holds the difference to the one on its left. */
  predicted: boolean;
  /** Whether each channel has its own tiles. */
  planar: boolean;
}

/**
 * Decodes the first picture of a TIFF.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or of another kind
 *   than those named above.
 */
export function decodeTiff(bytes: Uint8Array): RawPicture {
  const { littleEndian, whole, values } = readTiffTags(bytes);
  if (!whole) throw damaged("TIFF", "it ends within its tags");
  const list = (tag: number) => values.get(tag) ?? [];
  const first = (tag: number, otherwise: number) => list(tag)[0] ?? otherwise;

  const width = first(TAG.width, 0);
  const height = first(TAG.height, 0);
  checkPictureSize("TIFF", width, height);
  const depth = first(TAG.bitsPerSample, 1);
  const photometric = first(TAG.photometric, 1);
  const channels = first(TAG.samplesPerPixel, 1);
  checkKind(values, depth, photometric, channels);

  const tiled = values.has(TAG.tileOffsets);
  const tileWidth = tiled ? first(TAG.tileWidth, width) : width;
  const tileHeight = tiled
    ? first(TAG.tileHeight, height)
    : Math.min(height, first(TAG.rowsPerStrip, height));
  checkPictureSize("TIFF", tileWidth, tileHeight);
  const offsets = list(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const counts = list(tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  const samples = readSamples({
    width,
    height,
    depth,
    channels,
    tileWidth,
    tileHeight,
    tiles: offsets.map((offset, index) =>
      bytes.subarray(offset, offset + (counts[index] ?? bytes.length))
    ),
    compression: first(TAG.compression, 1),
    littleEndian,
    predicted: first(TAG.predictor, 1) === 2,
    planar: first(TAG.planarConfiguration, 1) === 2,
  });
  return {
    width,
    height,
    rgba: colors(samples, {
      depth,
      channels,
      photometric,
      colorMap: list(TAG.colorMap),
      extraSample: first(TAG.extraSamples, 0),
    }),
    orientation: checkOrientation(first(TAG.orientation, 1)),
  };
}

/** Fails for kinds of TIFF that would be decoded to something else. */
function checkKind(
  values: Map<number, number[]>,
  depth: number,
  photometric: number,
  channels: number,
): void {
  const depths = values.get(TAG.bitsPerSample) ?? [depth];
  const formats = values.get(TAG.sampleFormat) ?? [1];
  if (
    ![1, 2, 4, 8, 16].includes(depth) ||
    depths.some((other) => other !== depth) ||
    formats.some((format) => format !== 1)
  ) {
    throw unsupported(
      "TIFF",
      "its samples must be unsigned integers of 1, 2, 4, 8 or 16 bits",
      `they have ${depths.slice(0, 4)} bits in the format ${
        formats.slice(0, 4)
      }`,
    );
  }
  const wanted = COLOR_SAMPLES[photometric];
  if (wanted === undefined) {
    throw unsupported(
      "TIFF",
      "its colors must be gray, of a palette, RGB or CMYK",
      `their kind has the number ${photometric}`,
    );
  }
  if (channels < wanted || channels > 8) {
    throw damaged("TIFF", `it has ${channels} samples a pixel`);
  }
  const colors = values.get(TAG.colorMap)?.length ?? 0;
  if (photometric === 3 && colors < 3 * 2 ** depth) {
    throw damaged("TIFF", "its palette is incomplete");
  }
  const fillOrder = values.get(TAG.fillOrder)?.[0] ?? 1;
  if (fillOrder !== 1) {
    throw unsupported(
      "TIFF",
      "its fill order must be 1",
      `its fill order is ${fillOrder}`,
    );
  }
}

/** Reads the samples of all pixels, row by row. */
function readSamples(layout: Layout): Uint16Array {
  const { width, height, depth, channels, planar, tiles } = layout;
  const { tileWidth, tileHeight } = layout;
  const samples = new Uint16Array(width * height * channels);
  const step = planar ? 1 : channels; // samples of a pixel that lie together
  const row = new Uint16Array(tileWidth * step);
  const rowBytes = Math.ceil(row.length * depth / 8);
  let tile = 0;
  for (let plane = 0; plane < channels; plane += step) {
    for (let top = 0; top < height; top += tileHeight) {
      const rows = Math.min(tileHeight, height - top);
      for (let left = 0; left < width; left += tileWidth) {
        const columns = Math.min(tileWidth, width - left);
        const data = decompressTiff(
          tiles[tile++] ?? new Uint8Array(0),
          layout.compression,
          rowBytes * tileHeight,
        );
        if (data.length < rows * rowBytes) {
          throw damaged("TIFF", "it has too few bytes of pixels");
        }
        for (let y = 0; y < rows; y++) {
          readRow(data.subarray(y * rowBytes), layout, step, row);
          let to = ((top + y) * width + left) * channels + plane;
          for (let x = 0; x < columns; x++, to += channels) {
            for (let channel = 0; channel < step; channel++) {
              samples[to + channel] = row[x * step + channel]!;
            }
          }
        }
      }
    }
  }
  return samples;
}

/** Unpacks a row of a tile and undoes its prediction. */
function readRow(
  bytes: Uint8Array,
  { depth, littleEndian, predicted }: Layout,
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

/** Turns samples into red, green, blue and alpha. */
function colors(
  samples: Uint16Array,
  { depth, channels, photometric, colorMap, extraSample }: {
    depth: number;
    channels: number;
    photometric: number;
    colorMap: number[];
    /** 1: alpha, multiplied into the colors; 2: alpha; else no alpha. */
    extraSample: number;
  },
): Uint8ClampedArray {
  const max = 2 ** depth - 1;
  const scale = 255 / max;
  const alphaAt = COLOR_SAMPLES[photometric]!;
  const hasAlpha = channels > alphaAt && [1, 2].includes(extraSample);
  // Some programs write palettes of 8 bits where the format has 16.
  const mapScale = colorMap.some((value) => value > 255) ? 1 / 257 : 1;

  const rgba = new Uint8ClampedArray(samples.length / channels * 4);
  for (let i = 0, to = 0; to < rgba.length; i += channels, to += 4) {
    const alpha = hasAlpha ? samples[i + alphaAt]! / max : 1;
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
  return rgba;
}
