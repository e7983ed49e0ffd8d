import { assertEquals, assertThrows } from "@std/assert";
import { checkHeader, MAX_PIXELS, readHeader } from "@lib/image/mod.ts";
import { bmp, join, jpeg, png, tiff } from "./picture_bytes.ts";

const pngOf = (width: number, height: number) =>
  png({ width, height, depth: 8, colorType: 2, rows: [] });

/** A JPEG that says how large it is, and how many scans it has. */
function jpegOf(side: number, scans: number, levels = [9]): Uint8Array {
  const whole = jpeg({ levels, progressive: true });
  const at = whole.findIndex((byte, i) =>
    byte === 0xff && whole[i + 1] === 0xc2
  );
  whole.set([side >> 8, side & 255, side >> 8, side & 255], at + 5);
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0];
  return join(
    whole.subarray(0, -2),
    new Array(scans - 1).fill(scan).flat(),
    [0xff, 0xd9],
  );
}

Deno.test("checkHeader() lets pictures pass that are as large as the limit", () => {
  checkHeader(readHeader(pngOf(10_000, 10_000)), MAX_PIXELS);
  checkHeader(readHeader(pngOf(1, 30_000)), MAX_PIXELS);
  checkHeader(readHeader(pngOf(3, 2)), 6);
  checkHeader(readHeader(jpegOf(1000, 1500)), MAX_PIXELS);
  assertEquals(MAX_PIXELS, 100e6);
});

Deno.test("checkHeader() rejects what is too large, and says its size", () => {
  const strip = { 256: [60_000], 257: [60_000] };
  const cases: [Uint8Array, number, string][] = [
    [
      pngOf(60_000, 60_000),
      MAX_PIXELS,
      "Cannot decode the PNG picture as it must have 1 to 100 million pixels: its size is 60000×60000",
    ],
    [
      pngOf(3, 2),
      5,
      "as it must have 1 to 0.000005 million pixels: its size is 3×2",
    ],
    [pngOf(0, 2), MAX_PIXELS, "its size is 0×2"],
    [
      pngOf(2, 4294967295),
      MAX_PIXELS,
      "million pixels: its size is 2×4294967295",
    ],
    [
      bmp({ width: 30_001, height: 1, depth: 1, rows: [] }),
      MAX_PIXELS,
      "Cannot decode the BMP picture as it must have sides of at most 30000 pixels: its size is 30001×1",
    ],
    [
      tiff(strip, [[0]]),
      MAX_PIXELS,
      "Cannot decode the TIFF picture as it must have 1 to 100 million pixels: its size is 60000×60000",
    ],
  ];
  for (const [bytes, maxPixels, message] of cases) {
    assertThrows(
      () => checkHeader(readHeader(bytes), maxPixels),
      SyntaxError,
      message,
    );
  }
});

Deno.test("checkHeader() rejects kinds that take too much memory", () => {
  assertThrows(
    () => checkHeader(readHeader(jpegOf(10_000, 1, [1, 2, 3])), MAX_PIXELS),
    SyntaxError,
    "Cannot decode the JPEG picture as it must take at most 800 MB to decode: its kind takes 1301 MB at 10000×10000 pixels",
  );
  // A strip of 16 bits and 8 channels that is unpacked at once.
  const deep = {
    256: [10_000],
    257: [5000],
    258: new Array(8).fill(16),
    259: [8],
    262: [2],
    277: [8],
  };
  assertThrows(
    () => checkHeader(readHeader(tiff(deep, [[0]])), MAX_PIXELS),
    SyntaxError,
    "its kind takes 951 MB at 10000×5000 pixels",
  );
});

Deno.test("checkHeader() rejects a JPEG of too many scans for its size", () => {
  const rejects = (bytes: Uint8Array, message: string) =>
    assertThrows(
      () => checkHeader(readHeader(bytes), MAX_PIXELS),
      SyntaxError,
      `Cannot decode the JPEG picture as it must have ${message}`,
    );
  rejects(jpegOf(1000, 2001), "at most 2000 scans: it has 2001");
  rejects(jpegOf(1000, 201, [1, 2, 3, 4]), "at most 200 scans: it has 201");
});
