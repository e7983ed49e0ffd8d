/**
 * PNG: every color type and depth, interlaced or not, with transparency by
 * channel, palette, or key color.
 *
 * Rows are unpacked one after the other, so a picture takes hardly more memory
 * than its pixels, and a file that unpacks to more than it says is read no
 * further. image-js 1.7.0 is not used: it reads 1-bit pictures and narrow
 * palettes wrongly without a word, leaves out key colors, and checks no sum.
 * Nor is pngjs 7.0.0, which takes up to 18 bytes a pixel, and makes up pixels
 * that are missing.
 *
 * Source: W3C, "Portable Network Graphics (PNG) Specification".
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { damaged } from "./_picture_error.ts";
import { pngChunks, type PngHeader, pngRowBytes } from "./_png_header.ts";
import type { RgbImage } from "./rgb_image.ts";
import { turnPixels } from "./_turn_pixels.ts";
import { unpackSamples } from "./_unpack_samples.ts";

/** Which pixels a pass holds: from where on, and every how many. */
interface Pass {
  left: number;
  top: number;
  right: number;
  down: number;
}

const WHOLE: Pass[] = [{ left: 0, top: 0, right: 1, down: 1 }];

/** The seven passes of Adam7. */
const PASSES: Pass[] = [
  { left: 0, top: 0, right: 8, down: 8 },
  { left: 4, top: 0, right: 8, down: 8 },
  { left: 0, top: 4, right: 4, down: 8 },
  { left: 2, top: 0, right: 4, down: 4 },
  { left: 0, top: 2, right: 2, down: 4 },
  { left: 1, top: 0, right: 2, down: 2 },
  { left: 0, top: 1, right: 1, down: 2 },
];

/** Bytes that are unpacked at a time: they may hold a thousand times as many. */
const PIECE = 16384;

/**
 * Decodes a PNG; of an animated one its still picture.
 *
 * @throws {SyntaxError} If the file is damaged.
 */
export async function decodePng(
  bytes: Uint8Array,
  header: PngHeader,
): Promise<RgbImage> {
  const { width, height, channels, depth, orientation } = header;
  const rgb = new Uint8Array(width * height * 3);
  const write = rowWriter(header, rgb);
  const pixelBytes = Math.max(1, channels * depth / 8);
  const rows = new RowReader(pixelPieces(bytes));
  for (const pass of header.interlaced ? PASSES : WHOLE) {
    const columns = Math.ceil((width - pass.left) / pass.right);
    if (columns <= 0) continue;
    let row = new Uint8Array(1 + pngRowBytes(columns, channels, depth));
    let above = new Uint8Array(row.length); // zeros above the first
    for (let y = pass.top; y < height; y += pass.down) {
      if (!await rows.read(row)) {
        const wanted = pixelBytesOf(header);
        throw damaged(
          "PNG",
          `it has ${rows.total} of ${wanted} bytes of pixels`,
        );
      }
      unfilter(row, above, pixelBytes);
      write(row.subarray(1), columns, (y * width + pass.left) * 3, pass.right);
      [row, above] = [above, row];
    }
  }
  await rows.close();
  return turnPixels(rgb, 3, width, height, orientation);
}

/** Bytes of all rows, filters included. */
function pixelBytesOf(
  { width, height, channels, depth, interlaced }: PngHeader,
): number {
  let length = 0;
  for (const { left, top, right, down } of interlaced ? PASSES : WHOLE) {
    const columns = Math.ceil((width - left) / right);
    const rows = Math.max(0, Math.ceil((height - top) / down));
    if (columns > 0) {
      length += rows * (1 + pngRowBytes(columns, channels, depth));
    }
  }
  return length;
}

/** The compressed pixels; each chunk of the file is checked on the way. */
function* pixelPieces(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { type, start, end } of pngChunks(bytes)) {
    if (crc32(bytes.subarray(start + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw damaged(
        "PNG",
        `the checksum of its chunk at byte ${start} is wrong`,
      );
    }
    if (type !== "IDAT") continue;
    for (let at = start + 8; at < end - 4; at += PIECE) {
      yield bytes.slice(at, Math.min(at + PIECE, end - 4));
    }
  }
}

/** Reads what is unpacked, a row at a time. */
class RowReader {
  /** Bytes so far. */
  total = 0;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #left = new Uint8Array(0);

  constructor(pieces: Iterable<Uint8Array<ArrayBuffer>>) {
    this.#reader = ReadableStream.from(pieces)
      .pipeThrough(new DecompressionStream("deflate"))
      .getReader();
  }

  /** Fills `row`, and says whether there was enough for it. */
  async read(row: Uint8Array): Promise<boolean> {
    for (let filled = 0; filled < row.length;) {
      if (this.#left.length === 0) {
        const { done, value } = await this.#next();
        if (done) return false;
        this.#left = value as Uint8Array<ArrayBuffer>;
        this.total += value.length;
        continue;
      }
      const part = this.#left.subarray(0, row.length - filled);
      row.set(part, filled);
      filled += part.length;
      this.#left = this.#left.subarray(part.length);
    }
    return true;
  }

  /** Stops, whatever else there may be. */
  async close(): Promise<void> {
    await this.#reader.cancel();
  }

  async #next() {
    try {
      return await this.#reader.read();
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      throw damaged("PNG", "its pixels do not decompress", error);
    }
  }
}

/** Turns differences into samples; `row` begins with the kind of its filter. */
function unfilter(
  row: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
): void {
  const filter = row[0]!;
  const first = 1 + pixelBytes;
  switch (filter) {
    case 0:
      break;
    case 1:
      for (let i = first; i < row.length; i++) row[i]! += row[i - pixelBytes]!;
      break;
    case 2:
      for (let i = 1; i < row.length; i++) row[i]! += above[i]!;
      break;
    case 3:
      for (let i = 1; i < row.length; i++) {
        const left = i < first ? 0 : row[i - pixelBytes]!;
        row[i]! += (left + above[i]!) >> 1;
      }
      break;
    case 4:
      for (let i = 1; i < row.length; i++) {
        const left = i < first ? 0 : row[i - pixelBytes]!;
        const corner = i < first ? 0 : above[i - pixelBytes]!;
        row[i]! += paeth(left, above[i]!, corner);
      }
      break;
    default:
      throw damaged("PNG", `the filter of a row has the number ${filter}`);
  }
}

/** The neighbor that is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Writes `columns` pixels of a row from `to` on, `step` pixels apart. */
type RowWriter = (
  row: Uint8Array,
  columns: number,
  to: number,
  step: number,
) => void;

/** Rows to red, green and blue, on white. */
function rowWriter(header: PngHeader, rgb: Uint8Array): RowWriter {
  const { depth, channels, width } = header;
  const samples = new Uint16Array(depth === 8 ? 0 : width * channels);
  const writePixels = header.colorType === 3
    ? paletteWriter(header, rgb)
    : colorWriter(header, rgb);
  return (row, columns, to, step) => {
    if (depth === 8) return writePixels(row, columns, to, step);
    const unpacked = samples.subarray(0, columns * channels);
    unpackSamples(row, depth, unpacked);
    writePixels(unpacked, columns, to, step);
  };
}

/** Writes samples, one each 8 or 16 bits. */
type PixelWriter = (
  samples: Uint8Array | Uint16Array,
  columns: number,
  to: number,
  step: number,
) => void;

function paletteWriter(
  { palette, transparency }: PngHeader,
  rgb: Uint8Array,
): PixelWriter {
  const colors = Math.floor(palette.length / 3);
  const onWhite = Uint8Array.from(
    { length: colors * 3 },
    (_, i) => layOnWhite(palette[i]!, transparency[Math.floor(i / 3)] ?? 255),
  );
  return (samples, columns, to, step) => {
    for (let x = 0; x < columns; x++, to += 3 * step) {
      const color = samples[x]!;
      if (color >= colors) {
        throw damaged("PNG", `its palette of ${colors} lacks color ${color}`);
      }
      rgb[to] = onWhite[3 * color]!;
      rgb[to + 1] = onWhite[3 * color + 1]!;
      rgb[to + 2] = onWhite[3 * color + 2]!;
    }
  };
}

function colorWriter(
  { depth, channels, transparency }: PngHeader,
  rgb: Uint8Array,
): PixelWriter {
  const scale = 255 / (2 ** depth - 1);
  const level = depth === 8
    ? (sample: number) => sample
    : (sample: number) => sample * scale + 0.5 | 0;
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  const hasAlpha = channels % 2 === 0;
  const [clearRed = -1, clearGreen = -1, clearBlue = -1] = hasAlpha
    ? []
    : [0, green, blue].map((channel) => keySample(transparency, channel));
  return (samples, columns, to, step) => {
    for (let i = 0; i < columns * channels; i += channels, to += 3 * step) {
      const [red, greenAt, blueAt] = [samples[i]!, i + green, i + blue];
      const isClear = red === clearRed && samples[greenAt] === clearGreen &&
        samples[blueAt] === clearBlue;
      const alpha = isClear
        ? 0
        : hasAlpha
        ? level(samples[i + channels - 1]!)
        : 255;
      if (alpha === 255) {
        rgb[to] = level(red);
        rgb[to + 1] = level(samples[greenAt]!);
        rgb[to + 2] = level(samples[blueAt]!);
      } else {
        rgb[to] = layOnWhite(level(red), alpha);
        rgb[to + 1] = layOnWhite(level(samples[greenAt]!), alpha);
        rgb[to + 2] = layOnWhite(level(samples[blueAt]!), alpha);
      }
    }
  };
}

/** The key color's sample of a channel, -1 where there is none. */
function keySample(transparency: Uint8Array, channel: number): number {
  if (transparency.length < 2 * channel + 2) return -1;
  return transparency[2 * channel]! << 8 | transparency[2 * channel + 1]!;
}

/** A level behind which white shines through; alpha 0 is clear, 255 solid. */
function layOnWhite(level: number, alpha: number): number {
  return level * alpha / 255 + 255 * (1 - alpha / 255) + 0.5 | 0;
}
