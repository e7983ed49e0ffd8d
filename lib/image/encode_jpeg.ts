/** Writes a picture as JPEG. @module */

import type { RgbImage } from "./rgb_image.ts";

/**
 * Encodes a picture as JPEG, baseline, by jpeg-js.
 *
 * @param quality 1…100.
 * @returns The whole file.
 *
 * @example A flat gray stays what it was
 * ```ts
 * import { decodePicture } from "./decode_picture.ts";
 * import { encodeJpeg } from "./encode_jpeg.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const data = new Uint8Array(8 * 8 * 3).fill(200);
 * const file = await encodeJpeg({ width: 8, height: 8, data }, 90);
 * assertAlmostEquals((await decodePicture(file)).data[0]!, 200, 2);
 * ```
 */
export async function encodeJpeg(
  { width, height, data }: RgbImage,
  quality: number,
): Promise<Uint8Array> {
  // Loaded when needed, as it takes 0.1 s.
  const { encodeJpeg, Image } = await import("image-js");
  const image = new Image(width, height, { data, colorModel: "RGB" });
  return encodeJpeg(image, { quality });
}
