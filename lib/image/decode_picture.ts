/**
 * Decodes pictures as people have them: PNG, JPEG, WebP, TIFF, BMP.
 *
 * Each decoder gives red, green, blue and alpha as stored. Here the alpha is
 * laid on white, as paper shines through it, and the picture is turned upright.
 *
 * @module
 */

import { type PictureFormat, pictureFormat } from "./picture_format.ts";
import { damaged, type RawPicture } from "./_raw_picture.ts";
import type { RgbImage } from "./rgb_image.ts";
import { turnPixels } from "./_turn_pixels.ts";

/** Loaded when needed: together they take longer to load than to decode. */
const DECODERS: Record<
  PictureFormat,
  (bytes: Uint8Array) => Promise<RawPicture>
> = {
  PNG: async (bytes) => (await import("./_decode_png.ts")).decodePng(bytes),
  JPEG: async (bytes) => (await import("./_decode_jpeg.ts")).decodeJpeg(bytes),
  WebP: async (bytes) => (await import("./_decode_webp.ts")).decodeWebp(bytes),
  TIFF: async (bytes) => (await import("./_decode_tiff.ts")).decodeTiff(bytes),
  BMP: async (bytes) => (await import("./_decode_bmp.ts")).decodeBmp(bytes),
};

/**
 * Decodes a picture, told by its content, upright and on white.
 *
 * @param bytes Whole file; left as it is.
 * @throws {SyntaxError} If it is no such picture, or cut off, or damaged, or
 *   has no pixel or more than 100 million. The message leaves out the file's
 *   name, which only the caller knows.
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
export async function decodePicture(bytes: Uint8Array): Promise<RgbImage> {
  const format = pictureFormat(bytes);
  let picture: RawPicture;
  try {
    picture = await DECODERS[format](bytes);
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw damaged(format, "its data does not decode", error);
  }
  const { width, height, rgba, orientation } = picture;
  return turnPixels(rgba, 4, width, height, orientation);
}
