/**
 * WebP, by libwebp as compiled to WebAssembly in `@jsquash/webp`.
 *
 * @module
 */

import { damaged } from "./_picture_error.ts";
import type { RgbImage } from "./rgb_image.ts";
import { turnPixels } from "./_turn_pixels.ts";
import { runCodec } from "./_wasm_codec.ts";
import type { WebpHeader } from "./_webp_header.ts";

/**
 * Decodes a WebP, lossy or lossless, but no animation.
 *
 * @throws {SyntaxError} If the file is damaged.
 */
export async function decodeWebp(
  bytes: Uint8Array,
  { width, height, orientation }: WebpHeader,
): Promise<RgbImage> {
  const { default: factory } = await import(
    "@jsquash/webp/codec/dec/webp_dec.js"
  );
  const { default: wasm } = await import(
    "@jsquash/webp/codec/dec/webp_dec.wasm",
    { with: { type: "bytes" } }
  );
  let image: RgbImage | undefined;
  await runCodec(
    factory,
    wasm,
    bytes,
    (rgba) => image = turnPixels(rgba, 4, width, height, orientation),
    () => {},
  );
  if (!image) throw damaged("WebP", "its data does not decode");
  return image;
}
