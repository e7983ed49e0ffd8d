import { deflateSync } from "node:zlib";
import { assertEquals, assertRejects } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import { big, drawn, little, tiff } from "./picture_bytes.ts";

/** The tags by name: numbers as in the specification. */
function tags(
  width: number,
  height: number,
  depth: number[],
  photometric: number,
  more: Record<number, number[]> = {},
): Record<number, number[]> {
  return {
    256: [width],
    257: [height],
    258: depth,
    262: [photometric],
    277: [depth.length],
    ...more,
  };
}

Deno.test("decodePicture() reads a TIFF of 1 bit, white as 0 or as 1", async () => {
  const shape = { 256: [10], 257: [2] }; // a bit and one sample by default
  const rows = [[0b10100000, 0b01000000, 0b00000001, 0b10000000]];
  const dark = await decodePicture(tiff({ ...shape, 262: [1] }, rows));
  assertEquals(drawn(dark), [
    "255 0 255 0 0 0 0 0 0 255",
    "0 0 0 0 0 0 0 255 255 0",
  ]);
  const light = await decodePicture(tiff({ ...shape, 262: [0] }, rows));
  assertEquals(drawn(light)[0], "0 255 0 255 255 255 255 255 255 0");
});

Deno.test("decodePicture() reads a TIFF of 16 bits in either order of bytes", async () => {
  const gray = tags(2, 1, [16], 1);
  const first = await decodePicture(tiff(gray, [little(2, 0xffff, 257 * 3)]));
  assertEquals(drawn(first), ["255 3"]);
  const last = await decodePicture(
    tiff(gray, [big(2, 0xffff, 257 * 3)], { bigEndian: true }),
  );
  assertEquals(drawn(last), ["255 3"]);
});

Deno.test("decodePicture() reads a TIFF of RGB in strips", async () => {
  const image = await decodePicture(
    tiff(tags(1, 3, [8, 8, 8], 2, { 278: [2] }), [[1, 2, 3, 4, 5, 6], [
      7,
      8,
      9,
    ]]),
  );
  assertEquals([...image.data], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("decodePicture() reads a TIFF of a palette of 16 or 8 bits", async () => {
  const colors = (scale: number) => {
    const map = new Array(48).fill(0); // 16 reds, 16 greens, 16 blues
    [map[2], map[18], map[34]] = [200 * scale, 100 * scale, 50 * scale];
    return tags(3, 1, [4], 3, { 320: map });
  };
  for (const scale of [257, 1]) {
    const image = await decodePicture(tiff(colors(scale), [[0x02, 0x20]]));
    assertEquals([...image.data], [0, 0, 0, 200, 100, 50, 200, 100, 50]);
  }
});

Deno.test("decodePicture() reads a TIFF of CMYK", async () => {
  const image = await decodePicture(
    tiff(tags(2, 1, [8, 8, 8, 8], 5), [[255, 0, 51, 0, 0, 0, 0, 204]]),
  );
  assertEquals([...image.data], [0, 255, 204, 51, 51, 51]);
});

Deno.test("decodePicture() lays the alpha of a TIFF on white", async () => {
  const gray = (kind: number) => tags(2, 1, [8, 8], 1, { 338: [kind] });
  const apart = await decodePicture(tiff(gray(2), [[100, 51, 0, 0]]));
  assertEquals(drawn(apart), ["224 255"]); // 100/5 + 255·4/5
  const multiplied = await decodePicture(tiff(gray(1), [[20, 51, 0, 0]]));
  assertEquals(drawn(multiplied), ["224 255"]);
  const other = await decodePicture(tiff(gray(0), [[100, 51, 0, 0]]));
  assertEquals(drawn(other), ["100 0"]);
});

Deno.test("decodePicture() reads a TIFF in tiles that stick out", async () => {
  const tiles = [
    [1, 1, 1, 2, 2, 2, 5, 5, 5, 6, 6, 6],
    [3, 3, 3, 0, 0, 0, 7, 7, 7, 0, 0, 0],
    [9, 9, 9, 10, 10, 10, 0, 0, 0, 0, 0, 0],
    [11, 11, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  const image = await decodePicture(
    tiff(tags(3, 3, [8, 8, 8], 2, { 322: [2], 323: [2] }), tiles, {
      tiled: true,
    }),
  );
  assertEquals(drawn(image), ["1 2 3", "5 6 7", "9 10 11"]);
});

Deno.test("decodePicture() reads a TIFF whose channels lie apart", async () => {
  const image = await decodePicture(
    tiff(tags(2, 1, [8, 8, 8], 2, { 284: [2] }), [[1, 4], [2, 5], [3, 6]]),
  );
  assertEquals([...image.data], [1, 2, 3, 4, 5, 6]);
});

Deno.test("decodePicture() undoes the prediction of a TIFF", async () => {
  const image = await decodePicture(
    tiff(tags(2, 1, [8, 8, 8], 2, { 317: [2] }), [[10, 20, 250, 1, 2, 10]]),
  );
  assertEquals([...image.data], [10, 20, 250, 11, 22, 4]);
});

Deno.test("decodePicture() reads a TIFF in each compression that keeps all", async () => {
  const row = [7, 7, 7, 7, 8];
  // Codes of 9 bits: clear, 7, 258 = 7 7, 7, 8, end.
  const codes = [256, 7, 258, 7, 8, 257];
  const bits = codes.map((code) => code.toString(2).padStart(9, "0")).join("");
  const lzw = bits.match(/.{1,8}/g)!.map((byte) =>
    parseInt(byte.padEnd(8, "0"), 2)
  );
  const compressed: [number, ArrayLike<number>][] = [
    [1, row],
    [5, lzw],
    [8, deflateSync(Uint8Array.from(row))],
    [32946, deflateSync(Uint8Array.from(row))],
    [32773, [128, 256 - 3, 7, 0, 8]], // nothing; 7 four times; one byte
  ];
  for (const [compression, bytes] of compressed) {
    const image = await decodePicture(
      tiff(tags(5, 1, [8], 1, { 259: [compression] }), [bytes]),
    );
    assertEquals(drawn(image), ["7 7 7 7 8"]);
  }
});

Deno.test("decodePicture() reads LZW past its 12 bits", async () => {
  // A byte a code: the table grows to 511, 1023 and 2047 strings, and the code
  // by a bit each time, until a clear empties it.
  const levels = Array.from({ length: 5000 }, (_, i) => i * i >> 3 & 255);
  let bits = "";
  let size = 0;
  for (const [i, level] of levels.entries()) {
    if (i % 3800 === 0) {
      bits += (256).toString(2).padStart(i === 0 ? 9 : 12, "0");
      size = 257;
    }
    const width = size < 511 ? 9 : size < 1023 ? 10 : size < 2047 ? 11 : 12;
    bits += level.toString(2).padStart(width, "0");
    size++;
  }
  const bytes = bits.match(/.{1,8}/g)!.map((byte) =>
    parseInt(byte.padEnd(8, "0"), 2)
  );
  const image = await decodePicture(
    tiff(tags(5000, 1, [8], 1, { 259: [5] }), [bytes]),
  );
  assertEquals(drawn(image), [levels.join(" ")]);
});

Deno.test("decodePicture() turns a TIFF as its orientation says", async () => {
  const image = await decodePicture(
    tiff(tags(2, 1, [8], 1, { 274: [6] }), [[1, 2]]),
  );
  assertEquals(drawn(image), ["1", "2"]);
});

Deno.test("decodePicture() says what is wrong with a TIFF", async () => {
  const whole = tiff(tags(2, 1, [8], 1), [[1, 2]]);
  const damaged =
    "Cannot decode the TIFF picture as its file must be whole and undamaged: ";
  const cases: [Uint8Array, string][] = [
    [whole.subarray(0, whole.length - 10), `${damaged}it ends within its tags`],
    [whole.subarray(0, 6), `${damaged}it ends within its tags`],
    [
      tiff(tags(2, 2, [8], 1), [[1, 2]]),
      `${damaged}it has too few bytes of pixels`,
    ],
    [
      tiff(tags(2, 1, [8], 1, { 259: [8] }), [[1, 2]]),
      `${damaged}its data does not decode`,
    ],
    [tiff(tags(2, 1, [8], 2), [[1, 2]]), `${damaged}it has 1 samples a pixel`],
    [tiff(tags(2, 1, [8], 3), [[1, 2]]), `${damaged}its palette is incomplete`],
    [tiff(tags(0, 1, [8], 1), [[1, 2]]), "its size is 0×1"],
    [
      tiff(tags(2, 1, [8], 1, { 278: [0] }), [[1, 2]]),
      `${damaged}its tiles have a size of 2×0`,
    ],
    [
      tiff(tags(2, 1, [8], 1, { 322: [2000], 323: [2] }), [[1, 2]], {
        tiled: true,
      }),
      `${damaged}its tiles have a size of 2000×2`,
    ],
    [
      tiff(tags(1000, 1000, [8], 1, { 322: [1], 323: [1] }), [[1]], {
        tiled: true,
      }),
      `${damaged}it has 1000000 tiles`,
    ],
    [
      tiff(tags(2, 1, [8], 1, { 259: [4] }), [[1, 2]]),
      "as its compression must be none, LZW, deflate or PackBits: it is CCITT fax, group 4",
    ],
    [
      tiff(tags(2, 1, [8], 1, { 259: [50000] }), [[1, 2]]),
      "as its compression must be none, LZW, deflate or PackBits: it is of number 50000",
    ],
    [
      tiff(tags(2, 1, [32], 1, { 339: [3] }), [[1, 2]]),
      "as its samples must be unsigned integers of 1, 2, 4, 8 or 16 bits: they have 32 bits in the format 3",
    ],
    [
      tiff(tags(2, 1, [8, 8, 8], 6), [[1, 2]]),
      "as its colors must be gray, of a palette, RGB or CMYK: their kind has the number 6",
    ],
    [
      tiff(tags(2, 1, [8], 1, { 266: [2] }), [[1, 2]]),
      "as its fill order must be 1: its fill order is 2",
    ],
  ];
  for (const [bytes, message] of cases) {
    await assertRejects(() => decodePicture(bytes), SyntaxError, message);
  }
});
