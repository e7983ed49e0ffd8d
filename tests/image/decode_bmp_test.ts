import { assertEquals, assertRejects } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import {
  ascii,
  bmp,
  type BmpParts,
  drawn,
  join,
  little,
} from "./picture_bytes.ts";

const decode = async (parts: BmpParts) => await decodePicture(bmp(parts));

const BLACK = [0, 0, 0, 0];
const WHITE = [255, 255, 255, 0];

Deno.test("decodePicture() reads a BMP of 1 bit by its palette, bottom row first", async () => {
  const rows = [[0b01000000, 0, 0, 0], [0b11000000, 0, 0, 0]];
  const parts = { width: 3, height: 2, depth: 1, rows };
  const dark = await decode({ ...parts, palette: [...BLACK, ...WHITE] });
  assertEquals(drawn(dark), ["255 255 0", "0 255 0"]);
  const light = await decode({ ...parts, palette: [...WHITE, ...BLACK] });
  assertEquals(drawn(light), ["0 0 255", "255 0 255"]);
});

Deno.test("decodePicture() reads a BMP of 4 and 8 bits by its palette", async () => {
  const palette = [...BLACK, ...WHITE, 3, 2, 1, 0]; // blue, green, red
  const half = await decode({
    width: 3,
    height: 1,
    depth: 4,
    palette,
    rows: [[0x21, 0x00, 0, 0]],
  });
  assertEquals([...half.data], [1, 2, 3, 255, 255, 255, 0, 0, 0]);
  const whole = await decode({
    width: 2,
    height: 1,
    depth: 8,
    palette,
    rows: [[1, 2, 0, 0]],
  });
  assertEquals([...whole.data], [255, 255, 255, 1, 2, 3]);
});

Deno.test("decodePicture() reads a BMP of 24 bits, the top row first or last", async () => {
  const rows = [[3, 2, 1, 0], [6, 5, 4, 0]];
  const upward = await decode({ width: 1, height: 2, depth: 24, rows });
  assertEquals([...upward.data], [4, 5, 6, 1, 2, 3]);
  const downward = await decode({ width: 1, height: -2, depth: 24, rows });
  assertEquals([...downward.data], [1, 2, 3, 4, 5, 6]);
});

Deno.test("decodePicture() reads a BMP of 16 bits by its masks", async () => {
  const shared = await decode({
    width: 1,
    height: 1,
    depth: 16,
    rows: [[...little(2, 31 << 10 | 0 << 5 | 1), 0, 0]],
  });
  assertEquals([...shared.data], [255, 0, 8]); // 255 / 31
  const own = await decode({
    width: 1,
    height: 1,
    depth: 16,
    compression: 3,
    header: little(4, 0xf800, 0x07e0, 0x001f),
    rows: [[...little(2, 31 << 11 | 1 << 5 | 0), 0, 0]],
  });
  assertEquals([...own.data], [255, 4, 0]); // 255 / 63
});

Deno.test("decodePicture() reads a BMP of 32 bits without alpha", async () => {
  const image = await decode({
    width: 2,
    height: 1,
    depth: 32,
    rows: [[3, 2, 1, 0, 6, 5, 4, 99]],
  });
  assertEquals([...image.data], [1, 2, 3, 4, 5, 6]);
});

Deno.test("decodePicture() lays the alpha of a BMP on white, if any is not 0", async () => {
  const header = [
    ...little(4, 0xff0000, 0xff00, 0xff, 0xff000000),
    ...new Array(52).fill(0),
  ];
  const parts = { width: 2, height: 1, depth: 32, compression: 3, header };
  const clear = await decode({ ...parts, rows: [[0, 0, 0, 0, 0, 0, 0, 51]] });
  assertEquals(drawn(clear), ["255 204"]);
  const solid = await decode({ ...parts, rows: [[0, 0, 0, 0, 9, 9, 9, 0]] });
  assertEquals(drawn(solid), ["0 9"]);
});

Deno.test("decodePicture() reads a BMP of OS/2", async () => {
  const image = await decodePicture(join(
    [...ascii("BM"), ...little(4, 36, 0, 32, 12), ...little(2, 2, 1, 1, 1)],
    [0, 0, 0, 3, 2, 1], // black and another color
    [0b01000000, 0, 0, 0],
  ));
  assertEquals([...image.data], [0, 0, 0, 1, 2, 3]);
});

Deno.test("decodePicture() says what is wrong with a BMP", async () => {
  const parts = { width: 1, height: 1, depth: 24, rows: [[1, 2, 3, 0]] };
  const whole = bmp(parts);
  const damaged =
    "Cannot decode the BMP picture as its file must be whole and undamaged: ";
  const cases: [Uint8Array, string][] = [
    [whole.subarray(0, 30), `${damaged}it ends within its header`],
    [whole.subarray(0, 57), `${damaged}it has 57 of 58 bytes`],
    [bmp({ ...parts, depth: 7 }), `${damaged}it has 7 bits a pixel`],
    [
      bmp({ ...parts, depth: 8, compression: 1 }),
      "Cannot decode the BMP picture as its pixels must not be compressed: its compression is 1",
    ],
    [bmp({ ...parts, width: 0 }), "its size is 0×1"],
    [bmp({ ...parts, width: -1 }), "its size is -1×1"],
  ];
  for (const [bytes, message] of cases) {
    await assertRejects(() => decodePicture(bytes), SyntaxError, message);
  }
});
