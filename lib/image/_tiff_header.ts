/**
 * What a TIFF says of its first picture before any of it is unpacked.
 *
 * Source: Adobe, "TIFF Revision 6.0".
 *
 * @module
 */

import { checkOrientation } from "./_exif_orientation.ts";
import { damaged, unsupported } from "./_picture_error.ts";
import { readTiffTags, type TiffTags } from "./_tiff_tags.ts";

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

/** More than any writer makes of a picture; each takes time of its own. */
const MOST_TILES = 250_000;

/** The header, and how the samples are stored. */
export interface TiffHeader {
  format: "TIFF";
  width: number;
  height: number;
  memory: number;
  /** Bits a sample. */
  depth: number;
  /** Samples a pixel. */
  channels: number;
  /** Samples of color among them. */
  colorSamples: number;
  /** Kind of the colors, as in the tag. */
  photometric: number;
  /** Red, then green, then blue of each color of a palette. */
  colorMap: Uint16Array;
  /** 1: alpha, multiplied into the colors; 2: alpha; else no alpha. */
  extraSample: number;
  compression: number;
  littleEndian: boolean;
  /** Whether each sample holds the difference to the one on its left. */
  predicted: boolean;
  /** Tiles for the same pixels: as many as channels where they lie apart. */
  planes: number;
  /** Strips are tiles as wide as the picture. */
  tileWidth: number;
  tileHeight: number;
  /** Bytes of a tile, unpacked. */
  tileBytes: number;
  /** The bytes of a tile, still compressed; none where there is no such. */
  tile: (index: number) => Uint8Array;
  orientation: number;
}

/**
 * Reads the header.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or of another kind
 *   than is decoded.
 */
export function readTiffHeader(bytes: Uint8Array): TiffHeader {
  const tags = readTiffTags(bytes);
  if (!tags.whole) throw damaged("TIFF", "it ends within its tags");
  const { value } = tags;
  const width = value(TAG.width, 0);
  const height = value(TAG.height, 0);
  const depth = value(TAG.bitsPerSample, 1);
  const photometric = value(TAG.photometric, 1);
  const channels = value(TAG.samplesPerPixel, 1);
  const colorSamples = checkKind(tags, depth, photometric, channels);
  const planes = value(TAG.planarConfiguration, 1) === 2 ? channels : 1;

  const isTiled = tags.count(TAG.tileOffsets) > 0;
  const tileWidth = isTiled ? value(TAG.tileWidth, width) : width;
  const tileHeight = isTiled
    ? value(TAG.tileHeight, height)
    : Math.min(height, value(TAG.rowsPerStrip, height));
  checkTiles(width, height, tileWidth, tileHeight, planes);
  const rowBytes = Math.ceil(tileWidth * channels / planes * depth / 8);
  const tileBytes = rowBytes * tileHeight;
  const offsets = isTiled ? TAG.tileOffsets : TAG.stripOffsets;
  const counts = isTiled ? TAG.tileByteCounts : TAG.stripByteCounts;
  // No compression makes more than that of a tile; who claims more has the same
  // bytes unpacked again and again.
  const mostBytes = 2 * tileBytes + 1024;
  const orientation = checkOrientation(value(TAG.orientation, 1));
  return {
    format: "TIFF",
    width,
    height,
    // The file, the picture, again where it is turned, and the tiles of a place.
    memory: bytes.length + width * height * (orientation === 1 ? 3 : 6) +
      planes * tileBytes,
    depth,
    channels,
    colorSamples,
    photometric,
    colorMap: Uint16Array.from(
      { length: photometric === 3 ? 3 * 2 ** depth : 0 },
      (_, i) => value(TAG.colorMap, 0, i),
    ),
    extraSample: value(TAG.extraSamples, 0),
    compression: value(TAG.compression, 1),
    littleEndian: tags.littleEndian,
    predicted: value(TAG.predictor, 1) === 2,
    planes,
    tileWidth,
    tileHeight,
    tileBytes,
    tile: (index) => {
      const offset = value(offsets, bytes.length, index);
      const count = value(counts, bytes.length, index);
      return bytes.subarray(offset, offset + Math.min(count, mostBytes));
    },
    orientation,
  };
}

/**
 * Fails for kinds of TIFF that would be decoded to something else.
 *
 * @returns Samples of color a pixel.
 */
function checkKind(
  { count, value }: TiffTags,
  depth: number,
  photometric: number,
  channels: number,
): number {
  const each = (tag: number, otherwise: number) =>
    Array.from(
      { length: Math.max(1, Math.min(count(tag), 8)) },
      (_, i) => value(tag, otherwise, i),
    );
  const depths = each(TAG.bitsPerSample, depth);
  const formats = each(TAG.sampleFormat, 1);
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
  if (photometric === 3 && count(TAG.colorMap) < 3 * 2 ** depth) {
    throw damaged("TIFF", "its palette is incomplete");
  }
  const fillOrder = value(TAG.fillOrder, 1);
  if (fillOrder !== 1) {
    throw unsupported(
      "TIFF",
      "its fill order must be 1",
      `its fill order is ${fillOrder}`,
    );
  }
  return wanted;
}

/** Fails for tiles that are empty, stick out far, or are far too many. */
function checkTiles(
  width: number,
  height: number,
  tileWidth: number,
  tileHeight: number,
  planes: number,
): void {
  const isEmpty = width * height > 0 && tileWidth * tileHeight === 0;
  // Tiles are at least 16 wide and high, and a small picture has one of them.
  const sticksOut = tileWidth > 2 * width + 1024 ||
    tileHeight > 2 * height + 1024;
  if (isEmpty || sticksOut) {
    throw damaged(
      "TIFF",
      `its tiles have a size of ${tileWidth}×${tileHeight}`,
    );
  }
  const tiles = planes * Math.ceil(width / tileWidth) *
    Math.ceil(height / tileHeight);
  if (tiles > MOST_TILES) {
    throw damaged("TIFF", `it has ${tiles} tiles`);
  }
}
