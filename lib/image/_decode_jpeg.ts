/**
 * JPEG, by mozjpeg as compiled to WebAssembly in `@jsquash/jpeg`; but CMYK,
 * which it does not turn to RGB, by image-js, which has jpeg-js decode it.
 *
 * mozjpeg decodes 12 megapixels in 0.2 s, jpeg-js in 1 s. Both fill up what a
 * cut file lacks, so the header looks for the end; what is missing or spoiled
 * before it, mozjpeg says in a line of its own, and jpeg-js by an exception.
 * image-js reads EXIF only where it comes first, does not apply it, and fails
 * where it is broken, so it is kept from reading it.
 *
 * @module
 */

import type { JpegHeader } from "./_jpeg_header.ts";
import { damaged } from "./_picture_error.ts";
import type { RgbImage } from "./rgb_image.ts";
import { turnPixels } from "./_turn_pixels.ts";
import { runCodec } from "./_wasm_codec.ts";

/**
 * Decodes a JPEG, baseline or progressive, of 8 bits; gray, YCbCr or CMYK.
 *
 * @throws {SyntaxError} If the file is damaged.
 */
export async function decodeJpeg(
  bytes: Uint8Array,
  header: JpegHeader,
): Promise<RgbImage> {
  const decode = header.channels === 4 ? decodeCmyk : decodeGrayOrColor;
  return await decode(bytes, header);
}

async function decodeGrayOrColor(
  bytes: Uint8Array,
  { width, height, orientation }: JpegHeader,
): Promise<RgbImage> {
  const { default: factory } = await import(
    "@jsquash/jpeg/codec/dec/mozjpeg_dec.js"
  );
  const { default: wasm } = await import(
    "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
    { with: { type: "bytes" } }
  );
  const complaints: string[] = [];
  let image: RgbImage | undefined;
  await runCodec(
    factory,
    wasm,
    bytes,
    (rgba) => image = turnPixels(rgba, 4, width, height, orientation),
    (line) => complaints.push(line),
    false, // not turned, which is done here
  );
  // Some cameras fill up between the pixels and the end.
  const serious = complaints.find((line) => !line.includes("extraneous bytes"));
  if (serious !== undefined) throw damaged("JPEG", `mozjpeg says "${serious}"`);
  if (!image) throw damaged("JPEG", "its data does not decode");
  return image;
}

async function decodeCmyk(
  bytes: Uint8Array,
  { orientation, exif }: JpegHeader,
): Promise<RgbImage> {
  const withoutExif = bytes.slice();
  for (const at of exif) withoutExif[at + 1] = 0xef; // which no one looks into
  const { decodeJpeg } = await import("image-js");
  const { width, height, data } = decodeJpeg(withoutExif).getRawImage();
  return turnPixels(data as Uint8Array, 4, width, height, orientation);
}
