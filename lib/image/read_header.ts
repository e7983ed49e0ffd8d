/**
 * Reads how large a picture is, and what decoding it takes, out of the first
 * parts of its file: no decoder takes memory before this has been looked at.
 *
 * @module
 */

import { type BmpHeader, readBmpHeader } from "./_bmp_header.ts";
import { type JpegHeader, readJpegHeader } from "./_jpeg_header.ts";
import { damaged } from "./_picture_error.ts";
import { pictureFormat } from "./picture_format.ts";
import { type PngHeader, readPngHeader } from "./_png_header.ts";
import { readTiffHeader, type TiffHeader } from "./_tiff_header.ts";
import { readWebpHeader, type WebpHeader } from "./_webp_header.ts";

/**
 * What a picture says of itself: with `format`, `width` and `height` in pixels
 * as stored, and `memory`, the bytes that decoding it takes at once, its file
 * and the decoded picture among them.
 */
export type PictureHeader =
  | BmpHeader
  | JpegHeader
  | PngHeader
  | TiffHeader
  | WebpHeader;

/**
 * Reads the header of a picture.
 *
 * @param bytes Whole file.
 * @throws {SyntaxError} If it is no picture, or cut off, or broken.
 *
 * @example A BMP of 3×2 pixels
 * ```ts
 * import { readHeader } from "./read_header.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array(50);
 * bytes.set([0x42, 0x4d]); // "BM"
 * bytes.set([26, 0, 0, 0, 12, 0, 0, 0, 3, 0, 2, 0, 1, 0, 24, 0], 10);
 * const { format, width, height, memory } = readHeader(bytes);
 * assertEquals([format, width, height, memory], ["BMP", 3, 2, 50 + 6 * 3]);
 * ```
 */
export function readHeader(bytes: Uint8Array): PictureHeader {
  const format = pictureFormat(bytes);
  try {
    switch (format) {
      case "BMP":
        return readBmpHeader(bytes);
      case "JPEG":
        return readJpegHeader(bytes);
      case "PNG":
        return readPngHeader(bytes);
      case "TIFF":
        return readTiffHeader(bytes);
      case "WebP":
        return readWebpHeader(bytes);
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw damaged(format, "it ends within its header", error);
  }
}
