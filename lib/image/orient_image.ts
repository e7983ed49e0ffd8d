/** Turns a picture upright. @module */

import { turnPixels } from "./_turn_pixels.ts";

/** Gray or in color: as many bytes for each pixel. */
interface AnyImage {
  width: number;
  height: number;
  data: Uint8Array;
}

/**
 * Applies an EXIF orientation: 6, 3 and 8 turn by 90°, 180° and 270°,
 * clockwise.
 *
 * @param image Pixels as stored.
 * @param orientation 1…8 as in EXIF 2.32, section 4.6.4: on which sides of the
 *   upright picture the first row and the first column of the stored one lie.
 * @returns A new picture, or `image` itself where it stands upright.
 *
 * @example Orientation 8: what is stored on the right belongs to the top
 * ```ts
 * import { orientImage } from "./orient_image.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = Uint8Array.of(1, 1, 1, 2, 2, 2);
 * const upright = orientImage({ width: 2, height: 1, data }, 8);
 * assertEquals([upright.width, upright.height], [1, 2]);
 * assertEquals([...upright.data], [2, 2, 2, 1, 1, 1]);
 * ```
 */
export function orientImage(image: AnyImage, orientation: number): AnyImage {
  if (orientation === 1) return image;
  const { data, width, height } = image;
  const channels = data.length === width * height ? 1 : 3;
  return turnPixels(data, channels, width, height, orientation);
}
