/**
 * Makes picture files for the tests, byte by byte, so that no encoder stands
 * between a test and what it says.
 *
 * @module
 */

import { crc32, deflateSync } from "node:zlib";

/** Joins parts to one file. */
export function join(...parts: ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Characters as bytes. */
export function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

/** Integers as bytes, the last byte first. */
export function little(byteCount: number, ...values: number[]): number[] {
  return values.flatMap((value) =>
    Array.from(
      { length: byteCount },
      (_, i) => Math.floor(value / 256 ** i) & 255,
    )
  );
}

/** Integers as bytes, the first byte first. */
export function big(byteCount: number, ...values: number[]): number[] {
  return values.flatMap((value) => little(byteCount, value).reverse());
}

/** A chunk of a PNG with its checksum. */
export function pngChunk(
  type: string,
  content: ArrayLike<number>,
): Uint8Array {
  const named = join(ascii(type), content);
  return join(big(4, content.length), named, big(4, crc32(named)));
}

/** What a PNG is made of. */
export interface PngParts {
  width: number;
  height: number;
  depth: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
  colorType: number;
  interlaced?: boolean;
  /** Before the pixels. */
  chunks?: Uint8Array[];
  /** Rows as filtered, each after the number of its filter. */
  rows: number[][];
}

/** A PNG. */
export function png(parts: PngParts): Uint8Array {
  const { width, height, depth, colorType, interlaced, chunks, rows } = parts;
  return join(
    [0x89, ...ascii("PNG\r\n\x1a\n")],
    pngChunk("IHDR", [
      ...big(4, width, height),
      ...[depth, colorType, 0, 0, interlaced ? 1 : 0],
    ]),
    ...chunks ?? [],
    pngChunk("IDAT", deflateSync(Uint8Array.from(rows.flat()))),
    pngChunk("IEND", []),
  );
}

/** What a BMP is made of. */
export interface BmpParts {
  width: number;
  /** Negative where the top row comes first. */
  height: number;
  depth: number;
  compression?: number;
  /** Follows the first 40 bytes of the header and counts as part of it. */
  header?: number[];
  /** Follows the header. */
  palette?: number[];
  /** Rows as stored, each filled up to a multiple of four bytes. */
  rows: number[][];
}

/** A BMP as Windows writes it. */
export function bmp(parts: BmpParts): Uint8Array {
  const { width, height, depth, compression = 0, rows } = parts;
  const { header = [], palette = [] } = parts;
  const start = 54 + header.length + palette.length;
  return join(
    [...ascii("BM"), ...little(4, start + rows.flat().length, 0, start)],
    [...little(4, 40 + header.length, width, height), 1, 0, depth, 0],
    [...little(4, compression, 0, 2835, 2835, 0, 0), ...header, ...palette],
    rows.flat(),
  );
}

/**
 * A TIFF, or with no tiles an EXIF block: strips or tiles as they are, then
 * what of the tags' values takes more than 4 bytes, then the tags.
 */
export function tiff(
  tags: Record<number, number[]>,
  tiles: ArrayLike<number>[] = [],
  { bigEndian = false, tiled = false } = {},
): Uint8Array {
  const number = bigEndian ? big : little;
  const parts: ArrayLike<number>[] = [];
  let offset = 8;
  const append = (part: ArrayLike<number>): number => {
    parts.push(part);
    offset += part.length;
    return offset - part.length;
  };
  const entries = Object.entries(tags).map(([tag, values]) =>
    [Number(tag), 2, values] as [number, 2 | 4, number[]]
  );
  if (tiles.length > 0) {
    entries.push([tiled ? 324 : 273, 4, tiles.map(append)]);
    entries.push([tiled ? 325 : 279, 4, tiles.map(({ length }) => length)]);
  }
  const rows = entries.map(([tag, size, values]) => {
    const bytes = number(size, ...values);
    const place = bytes.length > 4
      ? number(4, append(bytes))
      : [...bytes, 0, 0, 0, 0].slice(0, 4);
    const type = size === 2 ? 3 : 4;
    return [...number(2, tag, type), ...number(4, values.length), ...place];
  });
  return join(
    [...ascii(bigEndian ? "MM" : "II"), ...number(2, 42), ...number(4, offset)],
    ...parts,
    [...number(2, rows.length), ...rows.flat(), 0, 0, 0, 0],
  );
}

/** What a JPEG of 8×8 pixels of one color is made of. */
export interface JpegParts {
  /** What each channel holds everywhere, 0…255: gray, YCbCr, CMYK or YCCK. */
  levels: number[];
  progressive?: boolean;
  /** What Adobe's segment says of the channels; without one where left out. */
  adobe?: number;
}

/**
 * A JPEG. Its blocks hold a mean and nothing else: in the code of the mean the
 * number of its bits has four, and the end of a baseline block is one 0.
 */
export function jpeg({ levels, progressive, adobe }: JpegParts): Uint8Array {
  const bits = levels.map((level) => {
    const mean = 8 * (level - 128);
    const length = Math.abs(mean).toString(2).length;
    const value = mean < 0 ? mean + 2 ** length - 1 : mean;
    const digits = value.toString(2).padStart(length, "0");
    return length.toString(2).padStart(4, "0") + digits +
      (progressive ? "" : "0");
  }).join("");
  const data = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1")
    .match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  const segment = (marker: number, ...content: number[]) => [
    ...[0xff, marker],
    ...big(2, content.length + 2),
    ...content,
  ];
  const channels = levels.map((_, i) => i + 1);
  return join(
    [0xff, 0xd8],
    adobe === undefined
      ? []
      : segment(0xee, ...ascii("Adobe"), 0, 100, 0, 0, 0, 0, adobe),
    segment(0xdb, 0, ...Array(64).fill(1)), // steps of the coefficients
    segment(
      progressive ? 0xc2 : 0xc0,
      ...[8, ...big(2, 8, 8), levels.length],
      ...channels.flatMap((channel) => [channel, 0x11, 0]),
    ),
    // Codes of 1, 2, … bits: how many there are, then what they mean.
    segment(0xc4, 0x00, ...[0, 0, 0, 12], ...Array(12).fill(0), ...count(12)),
    segment(0xc4, 0x10, 1, ...Array(15).fill(0), 0),
    segment(
      0xda,
      levels.length,
      ...channels.flatMap((channel) => [channel, 0]),
      ...[0, progressive ? 0 : 63, 0],
    ),
    data.flatMap((byte) => byte === 0xff ? [0xff, 0] : [byte]),
    [0xff, 0xd9],
  );
}

function count(end: number): number[] {
  return Array.from({ length: end }, (_, i) => i);
}

/** A JPEG or its like with a segment put in behind its first marker. */
export function withSegment(
  jpeg: Uint8Array,
  marker: number,
  content: ArrayLike<number>,
): Uint8Array {
  return join(
    jpeg.subarray(0, 2),
    [0xff, marker, ...big(2, content.length + 2)],
    content,
    jpeg.subarray(2),
  );
}

/** The levels of one channel, a string a row, such as "0 128 255". */
export function drawn(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
  channel = 0,
): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(
      { length: width },
      (_, x) => data[(y * width + x) * 3 + channel],
    ).join(" "));
}
