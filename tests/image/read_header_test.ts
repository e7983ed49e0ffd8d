import { assertEquals, assertThrows } from "@std/assert";
import { encodeWebp, readHeader } from "@lib/image/mod.ts";
import {
  ascii,
  big,
  bmp,
  join,
  jpeg,
  little,
  png,
  tiff,
  withSegment,
} from "./picture_bytes.ts";

const PNG = png({ width: 7, height: 5, depth: 8, colorType: 2, rows: [] });
const JPEG = jpeg({ levels: [1, 2, 3] });
const BMP = bmp({ width: 7, height: -5, depth: 24, rows: [] });
const TIFF = tiff({ 256: [7], 257: [5] }, [[0, 0, 0, 0, 0]]);
const WEBP = await encodeWebp(
  { width: 7, height: 5, data: new Uint8Array(7 * 5 * 3) },
  80,
);

Deno.test("readHeader() finds the size of each format, whatever comes before", () => {
  const cases: [Uint8Array, string, number, number][] = [
    [PNG, "PNG", 7, 5],
    [JPEG, "JPEG", 8, 8],
    [
      withSegment(JPEG, 0xe2, [0xff, 0xc0, 0, 9, 8, 1, 0, 1, 0]),
      "JPEG",
      8,
      8,
    ],
    [BMP, "BMP", 7, 5],
    [TIFF, "TIFF", 7, 5],
    [tiff({ 256: [7], 257: [5] }, [], { bigEndian: true }), "TIFF", 7, 5],
    [WEBP, "WebP", 7, 5],
    [
      join(
        [...ascii("RIFF"), ...little(4, 18), ...ascii("WEBPVP8L")],
        [...little(4, 5), 0x2f, ...little(4, 16382 << 14 | 300), 0],
      ),
      "WebP",
      301,
      16383,
    ],
  ];
  for (const [bytes, ...expected] of cases) {
    const { format, width, height } = readHeader(bytes);
    assertEquals([format, width, height], expected);
  }
});

Deno.test("readHeader() tells what decoding takes, in bytes", () => {
  const memory = (bytes: Uint8Array) => readHeader(bytes).memory - bytes.length;
  assertEquals(memory(PNG), 7 * 5 * 3);
  assertEquals(memory(BMP), 7 * 5 * 3);
  assertEquals(memory(TIFF), 7 * 5 * 3 + 5); // and the strip
  // All coefficients of a progressive picture are kept, two bytes each.
  const progressive = jpeg({ levels: [1, 2, 3], progressive: true });
  assertEquals(
    readHeader(progressive).memory - 3 * progressive.length,
    8 * 8 * (7 + 3 * 2),
  );
});

Deno.test("readHeader() rejects what no header can be read from", () => {
  const damaged = "picture as its file must be whole and undamaged: ";
  const frame = JPEG.findIndex((byte, i) =>
    byte === 0xff && JPEG[i + 1] === 0xc0
  );
  const cases: [Uint8Array, string][] = [
    [PNG.subarray(0, 20), "it ends within its chunk at byte 8"],
    [BMP.subarray(0, 20), "it ends within its header"],
    [TIFF.subarray(0, 9), "it ends within its tags"],
    [WEBP.subarray(0, 20), `it has 20 of ${WEBP.length} bytes`],
    [
      withSegment(JPEG, 0xc0, [8, ...big(2, 8, 8), 1, 1, 0x11, 0]),
      "it has a second frame",
    ],
    [
      join(JPEG.subarray(0, frame + 4), [8, 0, 8, 0, 8, 9], [0xff, 0xd9]),
      "it ends without its end marker",
    ],
    [
      join([0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 8, 0, 8, 3, 0xff, 0xd9]),
      "it ends within its frame",
    ],
    [
      join([0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 8, 0, 8, 0, 0xff, 0xd9]),
      "it has 0 samples a pixel",
    ],
    [
      join(ascii("RIFF"), little(4, 4), ascii("WEBP")),
      "it has no frame",
    ],
    [
      join(WEBP.subarray(0, 23), [1, 2, 3], WEBP.subarray(26)),
      "the header of its frame is broken",
    ],
  ];
  for (const [bytes, found] of cases) {
    assertThrows(() => readHeader(bytes), SyntaxError, damaged + found);
  }
});
