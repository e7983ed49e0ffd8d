/** Writes a picture as PNG. @module */

import type { RgbImage } from "./rgb_image.ts";

/**
 * Encodes a picture as PNG, 8 bits a channel.
 *
 * @returns The whole file.
 *
 * @example What was encoded is decoded again
 * ```ts
 * import { decodePicture } from "./decode_picture.ts";
 * import { encodePng } from "./encode_png.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const image = { width: 1, height: 1, data: Uint8Array.of(10, 20, 30) };
 * assertEquals(await decodePicture(await encodePng(image)), image);
 * ```
 */
export async function encodePng(
  { width, height, data }: RgbImage,
): Promise<Uint8Array> {
  // Loaded when needed, as it takes 0.1 s.
  const { encodePng, Image } = await import("image-js");
  return encodePng(new Image(width, height, { data, colorModel: "RGB" }));
}
