/**
 * JPEG, by mozjpeg as compiled to WebAssembly in `@jsquash/jpeg`; but CMYK,
 * which it does not turn to RGB, by image-js, which has jpeg-js decode it.
 *
 * mozjpeg decodes 12 megapixels in 0.2 s, jpeg-js in 1 s. Both fill up what a
 * cut file lacks, so the end is looked for here; what is missing or spoiled
 * before it, mozjpeg says in a line of its own, and jpeg-js by an exception.
 * image-js reads EXIF only where it comes first, does not apply it, and fails
 * where it is broken, so it is kept from reading it.
 *
 * Source: ITU-T T.81, annex B.
 *
 * @module
 */

import { exifOrientation } from "./_exif_orientation.ts";
import {
  checkPictureSize,
  damaged,
  type RawPicture,
  unsupported,
} from "./_raw_picture.ts";

/**
 * Decodes a JPEG, baseline or progressive, of 8 bits; gray, YCbCr or CMYK.
 *
 * @throws {SyntaxError} If the file is cut off or damaged, or of another kind.
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<RawPicture> {
  const { orientation, channels, withoutExif } = readMarkers(bytes);
  const decode = channels === 4 ? decodeCmyk : decodeGrayOrColor;
  return { ...await decode(withoutExif), orientation };
}

type Pixels = Omit<RawPicture, "orientation">;

async function decodeGrayOrColor(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Pixels> {
  const { default: decode, init } = await import("@jsquash/jpeg/decode.js");
  const { default: wasm } = await import(
    "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
    { with: { type: "bytes" } }
  );
  // Its types leave out the module, which as bytes needs no read permission. A
  // new instance each time: none is left broken by a damaged file.
  const start = init as (module: WebAssembly.Module, options: object) => void;
  const complaints: string[] = [];
  start(new WebAssembly.Module(wasm), {
    printErr: (line: string) => complaints.push(line),
  });
  const { width, height, data } = await decode(bytes.buffer);
  // Some cameras fill up between the pixels and the end.
  const serious = complaints.find((line) => !line.includes("extraneous bytes"));
  if (serious !== undefined) throw damaged("JPEG", `mozjpeg says "${serious}"`);
  return { width, height, rgba: data as Uint8ClampedArray };
}

async function decodeCmyk(bytes: Uint8Array): Promise<Pixels> {
  const { decodeJpeg } = await import("image-js");
  const { width, height, data } = decodeJpeg(bytes).getRawImage();
  return { width, height, rgba: data as Uint8Array };
}

/** What the markers say, up to the one that ends the picture. */
interface Markers {
  /** 1…8 as in EXIF. */
  orientation: number;
  /** Samples a pixel: 1 gray, 3 color, 4 CMYK; 0 where no frame says it. */
  channels: number;
  /** A copy of the file in which no decoder looks into EXIF. */
  withoutExif: Uint8Array<ArrayBuffer>;
}

function readMarkers(bytes: Uint8Array): Markers {
  const withoutExif = bytes.slice();
  let orientation = 1;
  let channels = 0;
  // Between the segments lie compressed pixels, where 0xff 0x00 is no marker.
  let at = bytes.indexOf(0xff, 2);
  while (at >= 0 && at + 1 < bytes.length) {
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) return { orientation, channels, withoutExif };
    let length = marker === 0xff ? 1 : 2;
    if (marker >= 0xc0 && marker < 0xff && (marker & 0xf8) !== 0xd0) {
      length += bytes[at + 2]! << 8 | bytes[at + 3]!;
      const segment = bytes.subarray(at + 4, at + length);
      if (isFrame(marker) && segment.length >= 6) {
        checkFrame(marker, segment);
        channels = segment[5]!;
      }
      if (marker === 0xe1 && isExif(segment)) {
        orientation = exifOrientation(segment.subarray(6));
        withoutExif[at + 1] = 0xef; // a segment that no decoder looks into
      }
    }
    at = bytes.indexOf(0xff, at + length);
  }
  throw damaged("JPEG", "it ends without its end marker");
}

function isFrame(marker: number): boolean {
  return (marker & 0xf0) === 0xc0 && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function checkFrame(marker: number, segment: Uint8Array): void {
  const view = new DataView(segment.buffer, segment.byteOffset);
  const depth = view.getUint8(0);
  if (marker > 0xc2 || depth !== 8) {
    throw unsupported(
      "JPEG",
      "it must be baseline or progressive with samples of 8 bits",
      `its frame is of kind ${marker - 0xc0} with ${depth} bits`,
    );
  }
  checkPictureSize("JPEG", view.getUint16(3), view.getUint16(1));
}

function isExif(segment: Uint8Array): boolean {
  return String.fromCharCode(...segment.subarray(0, 6)) === "Exif\0\0";
}
