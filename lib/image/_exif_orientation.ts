/** How a camera was held, out of an EXIF block. @module */

import { readTiffTags } from "./_tiff_tags.ts";

/**
 * Reads the orientation of a picture.
 *
 * @param exif TIFF file within the picture's file, without "Exif\0\0".
 * @returns 1…8; 1, which is upright, where none is given.
 */
export function exifOrientation(exif: Uint8Array): number {
  return checkOrientation(readTiffTags(exif).value(274, 1));
}

/** Upright where a file says what is no orientation, 1…8. */
export function checkOrientation(orientation: number): number {
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
