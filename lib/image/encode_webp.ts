/** Writes a picture as WebP. @module */

import type { RgbImage } from "./rgb_image.ts";

/**
 * Encodes a picture as lossy WebP, by libwebp compiled to WebAssembly.
 *
 * @param quality 0…100.
 * @returns The whole file.
 *
 * @example A flat gray stays what it was
 * ```ts
 * import { decodePicture } from "./decode_picture.ts";
 * import { encodeWebp } from "./encode_webp.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const data = new Uint8Array(8 * 8 * 3).fill(200);
 * const file = await encodeWebp({ width: 8, height: 8, data }, 90);
 * assertAlmostEquals((await decodePicture(file)).data[0]!, 200, 2);
 * ```
 */
export async function encodeWebp(
  { width, height, data }: RgbImage,
  quality: number,
): Promise<Uint8Array> {
  const { default: encode, init } = await import("@jsquash/webp/encode.js");
  const { default: wasm } = await import(
    "@jsquash/webp/codec/enc/webp_enc_simd.wasm",
    { with: { type: "bytes" } }
  );
  // Its types leave out the module, which as bytes needs no read permission.
  const start = init as (module: WebAssembly.Module) => Promise<unknown>;
  await start(new WebAssembly.Module(wasm));
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba.set(data.subarray(from, from + 3), to);
  }
  return new Uint8Array(
    await encode(new ImageData(rgba, width, height), { quality }),
  );
}
