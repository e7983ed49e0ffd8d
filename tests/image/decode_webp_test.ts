import { assert, assertEquals, assertRejects } from "@std/assert";
import { decodePicture, encodeWebp, type RgbImage } from "@lib/image/mod.ts";
import { ascii, join, little, tiff } from "./picture_bytes.ts";

/** Dark on the left, light on the right. */
const STORED: RgbImage = {
  width: 16,
  height: 8,
  data: Uint8Array.from(
    { length: 16 * 8 * 3 },
    (_, i) => i % 48 < 24 ? 40 : 210,
  ),
};
const WEBP = await encodeWebp(STORED, 95);

/** A WebP of several chunks. */
function chunks(...parts: [type: string, content: ArrayLike<number>][]) {
  const content = parts.map(([type, bytes]) =>
    join(
      ascii(type),
      little(4, bytes.length),
      bytes,
      [0].slice(0, bytes.length % 2),
    )
  );
  const length = content.reduce((sum, chunk) => sum + chunk.length, 4);
  return join(ascii("RIFF"), little(4, length), ascii("WEBP"), ...content);
}

/** Header of such a WebP: flags, then width and height less one. */
const extended = (flags: number): [string, number[]] => [
  "VP8X",
  [...little(4, flags), ...little(3, 15, 7)],
];

Deno.test("decodePicture() reads a WebP", async () => {
  const image = await decodePicture(WEBP);
  assertEquals([image.width, image.height], [16, 8]);
  image.data.forEach((level, i) =>
    assert(
      Math.abs(level - STORED.data[i]!) <= 8,
      `channel ${i} is ${level}, not ${STORED.data[i]}`,
    )
  );
});

Deno.test("decodePicture() lays the alpha of a WebP on white", async () => {
  // Lossless, one pixel, black with alpha 128.
  const pixel = chunks(["VP8L", [
    47,
    0,
    0,
    0,
    16,
    7,
    16,
    17,
    5,
    12,
    68,
    68,
    255,
    3,
  ]]);
  assertEquals([...(await decodePicture(pixel)).data], [127, 127, 127]);
});

Deno.test("decodePicture() turns a WebP as its EXIF says", async () => {
  const pixels = WEBP.subarray(20);
  const image = await decodePicture(
    chunks(extended(8), ["VP8 ", pixels], ["EXIF", tiff({ 274: [6] })]),
  );
  assertEquals([image.width, image.height], [8, 16]);
  assert(image.data[0]! < 60, "the dark half is on top");
});

Deno.test("decodePicture() rejects a WebP that is cut", async () => {
  for (let length = 12; length < WEBP.length; length += 7) {
    await assertRejects(
      () => decodePicture(WEBP.subarray(0, length)),
      SyntaxError,
      "Cannot decode the WebP picture as its file must be whole and undamaged: ",
    );
  }
  await assertRejects(
    () => decodePicture(WEBP.subarray(0, 30)),
    SyntaxError,
    `it has 30 of ${WEBP.length} bytes`,
  );
});

Deno.test("decodePicture() rejects a damaged WebP, and reads the next", async () => {
  const damaged = WEBP.slice();
  damaged.fill(255, 21, 23); // the length of its first part
  await assertRejects(
    () => decodePicture(damaged),
    SyntaxError,
    "its file must be whole and undamaged: its data does not decode",
  );
  assertEquals((await decodePicture(WEBP)).width, 16);
});

Deno.test("decodePicture() rejects a WebP that moves", async () => {
  await assertRejects(
    () => decodePicture(chunks(extended(2), ["ANIM", [0, 0, 0, 0, 0, 0]])),
    SyntaxError,
    "Cannot decode the WebP picture as it must not move: it is an animation",
  );
});
