import { assertEquals, assertThrows } from "@std/assert";
import { pictureFormat } from "@lib/image/mod.ts";
import { ascii } from "./picture_bytes.ts";

const bytes = (text: string) => Uint8Array.from(ascii(text));

Deno.test("pictureFormat() tells formats by their first bytes", () => {
  assertEquals(pictureFormat(bytes("\x89PNG\r\n\x1a\n")), "PNG");
  assertEquals(pictureFormat(bytes("\xff\xd8\xff\xe0")), "JPEG");
  assertEquals(pictureFormat(bytes("RIFF\x1a\0\0\0WEBPVP8L")), "WebP");
  assertEquals(pictureFormat(bytes("II*\0\x08\0\0\0")), "TIFF");
  assertEquals(pictureFormat(bytes("MM\0*\0\0\0\x08")), "TIFF");
  assertEquals(pictureFormat(bytes("BM" + "\n".repeat(12) + "(\0\0\0")), "BMP");
});

Deno.test("pictureFormat() says what it takes and what came", () => {
  const cases: [string, string][] = [
    ["", "it is empty"],
    ["GIF89a\x01\0", "it is a GIF picture"],
    ["II+\0\x08\0\0\0", "it is a BigTIFF picture"],
    ["\0\0\0\x18ftypheic", "it is a HEIC picture"],
    ["\0\0\0\x18ftypavif", "it is an AVIF picture"],
    ["\0\0\0\x18ftypisom", "it is a video"],
    ["%PDF-1.7\n", "it is a PDF document"],
    ["PK\x03\x04", "it is a ZIP archive"],
    ["\n<!DOCTYPE html>\n<p>404", "it is an HTML page"],
    ["<?xml?>\n<svg>", "it is an SVG drawing"],
    ["BMI is no header", 'it begins with the text "BMI is no header"'],
    ["\0\x01\xfe\xff\x02", "it begins with the bytes 00 01 fe ff"],
  ];
  for (const [text, found] of cases) {
    assertThrows(
      () => pictureFormat(bytes(text)),
      SyntaxError,
      `Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: ${found}`,
    );
  }
});

Deno.test("pictureFormat() shows text that is not English, and where it is cut", () => {
  const text = new TextEncoder().encode("Число ".repeat(60));
  assertThrows(
    () => pictureFormat(text),
    SyntaxError,
    'the text "Число Число Число Чи"',
  );
});
