/**
 * Tells the formats of pictures apart by their first bytes.
 *
 * A file's name says nothing here: pictures that come through a messenger or a
 * browser often carry the ending of another format.
 *
 * @module
 */

/** A format that `decodePicture()` decodes. */
export type PictureFormat = "PNG" | "JPEG" | "WebP" | "TIFF" | "BMP";

const SIGNATURES: [format: PictureFormat, RegExp][] = [
  ["PNG", /^\x89PNG/],
  ["JPEG", /^\xff\xd8/],
  ["WebP", /^RIFF.{4}WEBP/s],
  ["TIFF", /^(II\*\0|MM\0\*)/],
  // Text may begin with "BM" too: byte 14 holds the size of a short header.
  ["BMP", /^BM.{13}\0\0\0/s],
];

/** What people take for one of them, so that the message can name it. */
const OTHERS: [name: string, RegExp][] = [
  ["a GIF picture", /^GIF8/],
  ["a BigTIFF picture", /^(II\+\0|MM\0\+)/],
  ["an AVIF picture", /^.{4}ftypavi[fs]/s],
  ["a HEIC picture", /^.{4}ftyp(hei|hev|mif1|msf1)/s],
  ["a video", /^.{4}ftyp/s],
  ["a PDF document", /^%PDF/],
  ["a ZIP archive", /^PK/],
  ["an SVG drawing", /^(\xef\xbb\xbf)?\s*(<\?xml.*)?<svg\b/is],
  ["an HTML page", /^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)\b/i],
];

/**
 * Tells the format of a picture by its first bytes.
 *
 * @param bytes Whole file, or its first 256 bytes.
 * @throws {SyntaxError} If the file is empty or of another kind.
 *
 * @example A PNG by its signature
 * ```ts
 * import { pictureFormat } from "./picture_format.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
 * assertEquals(pictureFormat(Uint8Array.from(signature)), "PNG");
 * ```
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat {
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  for (const [format, signature] of SIGNATURES) {
    if (signature.test(head)) return format;
  }
  throw new SyntaxError(
    `Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: it ${
      describe(bytes, head)
    }`,
  );
}

function describe(bytes: Uint8Array, head: string): string {
  if (bytes.length === 0) return "is empty";
  for (const [name, signature] of OTHERS) {
    if (signature.test(head)) return `is ${name}`;
  }
  const text = asText(bytes.subarray(0, 256));
  if (text !== undefined) {
    return `begins with the text ${JSON.stringify(text.slice(0, 20))}`;
  }
  const first = [...bytes.subarray(0, 4)].map((byte) =>
    byte.toString(16).padStart(2, "0")
  );
  return `begins with the bytes ${first.join(" ")}`;
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    // `stream` lets the last character be cut.
    const text = new TextDecoder("utf-8", { fatal: true })
      .decode(bytes, { stream: true });
    return /[^\P{Cc}\s]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
