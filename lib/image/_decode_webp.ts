/**
 * WebP, by libwebp as compiled to WebAssembly in `@jsquash/webp`.
 *
 * Source of the layout: RFC 9649.
 *
 * @module
 */

import { exifOrientation } from "./_exif_orientation.ts";
import { damaged, type RawPicture, unsupported } from "./_raw_picture.ts";

/**
 * Decodes a WebP, lossy or lossless, but no animation.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or moves.
 */
export async function decodeWebp(bytes: Uint8Array): Promise<RawPicture> {
  const orientation = readChunks(bytes);
  const { default: decode, init } = await import("@jsquash/webp/decode.js");
  const { default: wasm } = await import(
    "@jsquash/webp/codec/dec/webp_dec.wasm",
    { with: { type: "bytes" } }
  );
  // Its types leave out the module, which as bytes needs no read permission. A
  // new instance each time: none is left broken by a damaged file.
  const start = init as (module: WebAssembly.Module, options: object) => void;
  start(new WebAssembly.Module(wasm), { printErr: () => {} });
  const { width, height, data } = await decode(bytes.slice().buffer);
  return { width, height, rgba: data as Uint8ClampedArray, orientation };
}

/** Walks over the chunks; returns the orientation. */
function readChunks(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = 8 + view.getUint32(4, true);
  if (bytes.length < length) {
    throw damaged("WebP", `it has ${bytes.length} of ${length} bytes`);
  }
  let orientation = 1;
  for (let at = 12; at + 8 <= length;) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (type === "ANIM") {
      throw unsupported("WebP", "it must not move", "it is an animation");
    }
    if (type === "EXIF") {
      orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + size));
    }
    at += 8 + size + size % 2;
  }
  return orientation;
}
