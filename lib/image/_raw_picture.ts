/** What the decoder of each format gives and throws. @module */

import type { PictureFormat } from "./picture_format.ts";

/** Pixels as stored in the file: perhaps lying, perhaps transparent. */
export interface RawPicture {
  /** In pixels, as stored. */
  width: number;
  /** In pixels, as stored. */
  height: number;
  /** Four values a pixel: red, green, blue, and alpha, where 0 is clear. */
  rgba: Uint8Array | Uint8ClampedArray;
  /** How to turn it upright, 1…8 as in EXIF. */
  orientation: number;
}

/** 100 megapixels take 400 MB as RGBA: more is a mistake or an attack. */
const MAX_PIXELS = 100_000_000;

/**
 * Checks the size that a header gives, before memory is taken for it.
 *
 * @throws {SyntaxError} If it holds no pixel, or too many.
 */
export function checkPictureSize(
  format: PictureFormat,
  width: number,
  height: number,
): void {
  const pixels = width * height;
  if (pixels >= 1 && pixels <= MAX_PIXELS) return;
  throw new SyntaxError(
    `Cannot decode the ${format} picture as it must have 1 to 100 million pixels: its size is ${width}×${height}`,
  );
}

/** The error for a file of the right kind that is cut off or broken. */
export function damaged(
  format: PictureFormat,
  found: string,
  cause?: unknown,
): SyntaxError {
  return new SyntaxError(
    `Cannot decode the ${format} picture as its file must be whole and undamaged: ${found}`,
    { cause },
  );
}

/** The error for a kind of picture that its format allows and we do not. */
export function unsupported(
  format: PictureFormat,
  wanted: string,
  found: string,
): SyntaxError {
  return new SyntaxError(
    `Cannot decode the ${format} picture as ${wanted}: ${found}`,
  );
}
