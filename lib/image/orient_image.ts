/** Turns a picture upright. @module */

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
  const channels = image.data.length / (image.width * image.height);
  const turned = orientation >= 5;
  const width = turned ? image.height : image.width;
  const height = turned ? image.width : image.height;
  // Where in the stored picture one step right or down of the upright goes.
  let right = turned ? image.width : 1;
  let down = turned ? 1 : image.width;
  let start = 0;
  if ([2, 3, 6, 7].includes(orientation)) {
    start += (width - 1) * right;
    right = -right;
  }
  if ([3, 4, 7, 8].includes(orientation)) {
    start += (height - 1) * down;
    down = -down;
  }

  const data = new Uint8Array(image.data.length);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = (start + y * down) * channels;
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        data[to++] = image.data[from + channel]!;
      }
      from += right * channels;
    }
  }
  return { width, height, data };
}
