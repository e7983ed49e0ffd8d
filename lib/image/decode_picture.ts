/**
 * Decodes pictures as people have them: PNG, JPEG, WebP, TIFF, BMP.
 *
 * A header that asks for too much is refused before any decoder sees the file.
 * The decoders lay alpha on white, as paper shines through it, and turn the
 * picture upright.
 *
 * @module
 */

import { checkHeader, MAX_PIXELS } from "./check_header.ts";
import { damaged } from "./_picture_error.ts";
import { type PictureHeader, readHeader } from "./read_header.ts";
import type { RgbImage } from "./rgb_image.ts";

/**
 * Decodes a picture, told by its content, upright and on white.
 *
 * @param bytes Whole file; left as it is.
 * @param options `maxPixels`: most that it may have; 100 million where left
 *   out. Its memory and its time are bounded by the same number.
 * @throws {SyntaxError} If it is no such picture, or cut off, or damaged, or
 *   has no pixel, or asks for too much. The message leaves out the file's name,
 *   which only the caller knows.
 *
 * @example A BMP of one red pixel
 * ```ts
 * import { decodePicture } from "./decode_picture.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array(30);
 * bytes.set([0x42, 0x4d]); // "BM"
 * bytes.set([26, 0, 0, 0, 12, 0, 0, 0, 1, 0, 1, 0, 1, 0, 24, 0], 10);
 * bytes.set([0, 0, 255], 26); // blue, green, red
 * assertEquals([...(await decodePicture(bytes)).data], [255, 0, 0]);
 * ```
 */
export async function decodePicture(
  bytes: Uint8Array,
  { maxPixels = MAX_PIXELS }: { maxPixels?: number } = {},
): Promise<RgbImage> {
  const header = readHeader(bytes);
  checkHeader(header, maxPixels);
  try {
    return await decode(bytes, header);
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw damaged(header.format, "its data does not decode", error);
  }
}

/** Decoders are loaded when needed: that takes longer than to decode. */
async function decode(
  bytes: Uint8Array,
  header: PictureHeader,
): Promise<RgbImage> {
  switch (header.format) {
    case "BMP":
      return (await import("./_decode_bmp.ts")).decodeBmp(bytes, header);
    case "JPEG":
      return await (await import("./_decode_jpeg.ts"))
        .decodeJpeg(bytes, header);
    case "PNG":
      return await (await import("./_decode_png.ts")).decodePng(bytes, header);
    case "TIFF":
      return (await import("./_decode_tiff.ts")).decodeTiff(header);
    case "WebP":
      return await (await import("./_decode_webp.ts"))
        .decodeWebp(bytes, header);
  }
}
