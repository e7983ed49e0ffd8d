import { assertEquals, assertRejects } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import {
  ascii,
  big,
  drawn,
  join,
  png,
  pngChunk,
  type PngParts,
  tiff,
} from "./picture_bytes.ts";

const decode = async (parts: PngParts) => await decodePicture(png(parts));

/** Two pixels of each of 4 rows: enough to cut and to break. */
const SMALL: PngParts = {
  width: 2,
  height: 4,
  depth: 8,
  colorType: 0,
  rows: [[0, 1, 2], [0, 3, 4], [0, 5, 6], [0, 7, 8]],
};

Deno.test("decodePicture() reads a PNG of 1 bit whose rows end within a byte", async () => {
  const image = await decode({
    width: 10,
    height: 2,
    depth: 1,
    colorType: 0,
    rows: [[0, 0b10100000, 0b01000000], [0, 0b00000001, 0b10000000]],
  });
  assertEquals(drawn(image), [
    "255 0 255 0 0 0 0 0 0 255",
    "0 0 0 0 0 0 0 255 255 0",
  ]);
});

Deno.test("decodePicture() reads a PNG of 4 bits in seventeenths", async () => {
  const image = await decode({
    width: 3,
    height: 1,
    depth: 4,
    colorType: 0,
    rows: [[0, 0x0f, 0x70]],
  });
  assertEquals(drawn(image), ["0 255 119"]);
});

Deno.test("decodePicture() reads a PNG of a palette and lays it on white", async () => {
  const image = await decode({
    width: 3,
    height: 2,
    depth: 2,
    colorType: 3,
    chunks: [
      pngChunk("PLTE", [10, 11, 12, 100, 101, 102, 0, 0, 0]),
      pngChunk("tRNS", [255, 255, 51]), // a fifth
    ],
    rows: [[0, 0b00_01_10_00], [0, 0b10_01_00_00]],
  });
  assertEquals(drawn(image), ["10 100 204", "204 100 10"]);
  assertEquals(drawn(image, 2), ["12 102 204", "204 102 12"]);
});

Deno.test("decodePicture() rounds a PNG of 16 bits to 8", async () => {
  const gray = await decode({
    width: 3,
    height: 1,
    depth: 16,
    colorType: 0,
    rows: [[0, 0xff, 0xff, 0x01, 0x80, 0x01, 0x83]], // 384 / 257, 387 / 257
  });
  assertEquals(drawn(gray), ["255 1 2"]);
  const rgb = await decode({
    width: 1,
    height: 1,
    depth: 16,
    colorType: 2,
    rows: [[0, 1, 1, 2, 2, 3, 3]],
  });
  assertEquals([...rgb.data], [1, 2, 3]);
});

Deno.test("decodePicture() lays the alpha of a PNG on white", async () => {
  const gray = await decode({
    width: 3,
    height: 1,
    depth: 8,
    colorType: 4,
    rows: [[0, 0, 0, 0, 255, 100, 51]],
  });
  assertEquals(drawn(gray), ["255 0 224"]); // 100/5 + 255·4/5
  const rgb = await decode({
    width: 1,
    height: 1,
    depth: 8,
    colorType: 6,
    rows: [[0, 0, 255, 100, 51]],
  });
  assertEquals([...rgb.data], [204, 255, 224]);
});

Deno.test("decodePicture() takes the key color of a PNG for white", async () => {
  const gray = await decode({
    width: 2,
    height: 1,
    depth: 8,
    colorType: 0,
    chunks: [pngChunk("tRNS", [0, 7])],
    rows: [[0, 7, 8]],
  });
  assertEquals(drawn(gray), ["255 8"]);
  const rgb = await decode({
    width: 2,
    height: 1,
    depth: 8,
    colorType: 2,
    chunks: [pngChunk("tRNS", [0, 1, 0, 2, 0, 3])],
    rows: [[0, 1, 2, 3, 1, 2, 4]],
  });
  assertEquals([...rgb.data], [255, 255, 255, 1, 2, 4]);
});

// By hand: 1 adds the left pixel, 2 the one above, 3 half their sum, 4 the one
// of left, above and corner that is nearest to left + above - corner.
Deno.test("decodePicture() undoes each filter of a PNG", async () => {
  const image = await decode({
    width: 3,
    height: 5,
    depth: 8,
    colorType: 0,
    rows: [
      [0, 10, 20, 250],
      [1, 10, 5, 245],
      [2, 1, 1, 1],
      [3, 1, 1, 1],
      [4, 4, 1, 1],
    ],
  });
  assertEquals(drawn(image), [
    "10 20 250",
    "10 15 4", // 15 + 245 - 256
    "11 16 5",
    "6 12 9", // 11/2 + 1, (6 + 16)/2 + 1, (12 + 5)/2 + 1
    "10 13 10", // above 6; above 12 of 16; above 9 of 10
  ]);
});

Deno.test("decodePicture() puts the seven passes of a PNG together", async () => {
  const image = await decode({
    width: 3,
    height: 3,
    depth: 4,
    colorType: 0,
    interlaced: true,
    // As numbered below: passes 1, 4, 5, 6 (two rows) and 7.
    rows: [[0, 0x00], [0, 0x20], [0, 0x68], [0, 0x10], [0, 0x70], [
      0,
      0x34,
      0x50,
    ]],
  });
  const level = (row: number[]) => row.map((v) => v * 17).join(" ");
  assertEquals(drawn(image), [[0, 1, 2], [3, 4, 5], [6, 7, 8]].map(level));
});

Deno.test("decodePicture() turns a PNG as its EXIF says", async () => {
  const exif = pngChunk("eXIf", tiff({ 274: [8] }));
  const image = await decode({ ...SMALL, chunks: [exif] });
  assertEquals(drawn(image), ["2 4 6 8", "1 3 5 7"]);
});

Deno.test("decodePicture() allows bytes behind the end of a PNG", async () => {
  const image = await decodePicture(join(png(SMALL), ascii("a note")));
  assertEquals(drawn(image), ["1 2", "3 4", "5 6", "7 8"]);
});

Deno.test("decodePicture() rejects a PNG that is cut anywhere", async () => {
  const whole = png(SMALL);
  for (let length = 4; length < whole.length; length++) {
    await assertRejects(
      () => decodePicture(whole.subarray(0, length)),
      SyntaxError,
      "Cannot decode the PNG picture as its file must be whole and undamaged: ",
    );
  }
  await assertRejects(
    () => decodePicture(whole.subarray(0, 6)),
    SyntaxError,
    "it ends without its end chunk",
  );
  await assertRejects(
    () => decodePicture(whole.subarray(0, 50)),
    SyntaxError,
    "it ends within its chunk at byte 33",
  );
  await assertRejects(
    () => decodePicture(whole.subarray(0, whole.length - 12)),
    SyntaxError,
    "it ends without its end chunk",
  );
});

Deno.test("decodePicture() rejects a PNG with a wrong checksum", async () => {
  const damaged = png(SMALL);
  damaged[damaged.length - 13]! ^= 1; // before the 12 bytes of the end chunk
  await assertRejects(
    () => decodePicture(damaged),
    SyntaxError,
    "its file must be whole and undamaged: the checksum of its chunk at byte 33 is wrong",
  );
});

Deno.test("decodePicture() says what is wrong with the content of a PNG", async () => {
  const header = (...bytes: number[]) =>
    join([0x89, ...ascii("PNG\r\n\x1a\n")], pngChunk("IHDR", bytes));
  const cases: [Uint8Array, string][] = [
    [
      join(
        header(...big(4, 1, 1), 8, 0, 0, 0, 0),
        pngChunk("IDAT", [1, 2]),
        pngChunk("IEND", []),
      ),
      "its pixels do not decompress",
    ],
    [png({ ...SMALL, rows: [[0, 1, 2]] }), "it has 3 of 12 bytes of pixels"],
    [
      png({ ...SMALL, rows: SMALL.rows.map((row) => [9, ...row]) }),
      "the filter of a row has the number 9",
    ],
    [png({ ...SMALL, colorType: 5 }), "its pixels are of kind 5 with 8 bits"],
    [png({ ...SMALL, depth: 3 }), "its pixels are of kind 0 with 3 bits"],
    [png({ ...SMALL, colorType: 3 }), "its palette of 0 lacks color 1"],
    [
      // Its passes take 14 bytes.
      png({ ...SMALL, interlaced: true, rows: [new Array(12).fill(0)] }),
      "it has 12 of 14 bytes of pixels",
    ],
    [
      header(...big(4, 1, 1), 8, 0, 0, 0, 0, 0),
      "it ends without its end chunk",
    ],
    [
      join(
        header(...big(4, 1, 1), 8, 0, 0, 0, 0, 0),
        pngChunk("IEND", []),
      ),
      "its header has not 13 bytes",
    ],
    [
      join([0x89, ...ascii("PNG\r\n\x1a\n")], pngChunk("IEND", [])),
      "its header does not come first",
    ],
    [
      png({ ...SMALL, width: 0 }),
      "as it must have 1 to 100 million pixels: its size is 0×4",
    ],
    [
      png({ ...SMALL, width: 20000, height: 5001 }),
      "as it must have 1 to 100 million pixels: its size is 20000×5001",
    ],
  ];
  for (const [bytes, found] of cases) {
    await assertRejects(() => decodePicture(bytes), SyntaxError, found);
  }
});
