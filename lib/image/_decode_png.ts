/**
 * PNG, by pngjs: every color type and depth, interlaced or not, with
 * transparency by channel, palette, or key color.
 *
 * image-js 1.7.0 is not used for it: it reads 1-bit pictures and narrow
 * palettes wrongly without a word, leaves out key colors, and checks no sum.
 *
 * pngjs 7.0.0 checks sums, but where pixels are missing it makes them up, so
 * they are decompressed and counted here before. It also leaves out EXIF and
 * rejects bytes behind the end.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { exifOrientation } from "./_exif_orientation.ts";
import { checkPictureSize, damaged, type RawPicture } from "./_raw_picture.ts";

/** Samples a pixel of each color type. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG; of an animated one its still picture.
 *
 * @throws {SyntaxError} If the file is cut off or damaged.
 */
export function decodePng(bytes: Uint8Array): RawPicture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { pixels, orientation, end } = readChunks(file);
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  checkPictureSize("PNG", width, height);
  const channels = CHANNELS[file.readUInt8(25)] ?? 1;
  const rowBytes = 1 + Math.ceil(width * channels * file.readUInt8(24) / 8);
  checkPixels(pixels, height * rowBytes);
  const { data }: { data: Uint8Array } = PNG.sync.read(file.subarray(0, end));
  return { width, height, rgba: data, orientation };
}

/** Finds what pngjs leaves out, and where the file ends. */
function readChunks(
  file: Buffer,
): { pixels: Uint8Array[]; orientation: number; end: number } {
  const pixels: Uint8Array[] = [];
  let orientation = 1;
  for (let start = 8, end = 8;; start = end) {
    if (start + 12 > file.length) {
      throw damaged("PNG", "it ends without its end chunk");
    }
    end = start + 12 + file.readUInt32BE(start);
    if (end > file.length) {
      throw damaged("PNG", `it ends within its chunk at byte ${start}`);
    }
    const type = file.toString("latin1", start + 4, start + 8);
    const content = file.subarray(start + 8, end - 4);
    if ((start === 8) !== (type === "IHDR")) {
      throw damaged("PNG", "its header does not come first");
    }
    if (type === "IDAT") pixels.push(content);
    else if (type === "eXIf") orientation = exifOrientation(content);
    else if (type === "IEND") return { pixels, orientation, end };
  }
}

/** Checks that the pixels take `length` bytes; interlaced, they take more. */
function checkPixels(pixels: Uint8Array[], length: number): void {
  let found: number;
  try {
    found = inflateSync(Buffer.concat(pixels), {
      maxOutputLength: 4 * length, // passes take more, a bomb far more
    }).length;
  } catch (cause) {
    throw damaged("PNG", "its pixels do not decompress", cause);
  }
  if (found < length) {
    throw damaged("PNG", `it has ${found} of ${length} bytes of pixels`);
  }
}
