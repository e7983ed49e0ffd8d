/**
 * JPEG, by image-js, which has jpeg-js decode it.
 *
 * jpeg-js fills up what a cut file lacks with gray and says nothing, so the end
 * is looked for here. image-js reads EXIF only where it comes first, does not
 * apply it, and fails where it is broken, so it is kept from reading it.
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
  const { orientation, withoutExif } = readMarkers(bytes);
  const { decodeJpeg } = await import("image-js");
  const { width, height, data } = decodeJpeg(withoutExif).getRawImage();
  return { width, height, rgba: data as Uint8Array, orientation };
}

/** Walks over the markers up to the one that ends the picture. */
function readMarkers(
  bytes: Uint8Array,
): { orientation: number; withoutExif: Uint8Array } {
  const withoutExif = bytes.slice();
  let orientation = 1;
  // Between the segments lie compressed pixels, where 0xff 0x00 is no marker.
  let at = bytes.indexOf(0xff, 2);
  while (at >= 0 && at + 1 < bytes.length) {
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) return { orientation, withoutExif };
    let length = marker === 0xff ? 1 : 2;
    if (marker >= 0xc0 && marker < 0xff && (marker & 0xf8) !== 0xd0) {
      length += bytes[at + 2]! << 8 | bytes[at + 3]!;
      const segment = bytes.subarray(at + 4, at + length);
      if (isFrame(marker) && segment.length >= 6) checkFrame(marker, segment);
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
