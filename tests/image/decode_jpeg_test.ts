import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeJpeg, Image } from "image-js";
import { decodePicture, orientImage, type RgbImage } from "@lib/image/mod.ts";
import { ascii, big, join, tiff, withSegment } from "./picture_bytes.ts";

/** Three blocks of gray: JPEG keeps each to a few levels. */
const STORED: RgbImage = {
  width: 24,
  height: 8,
  data: Uint8Array.from(
    { length: 24 * 8 * 3 },
    (_, i) => [20, 120, 220][Math.floor(i / 24) % 3]!,
  ),
};
const JPEG = encodeJpeg(
  new Image(24, 8, { data: STORED.data, colorModel: "RGB" }),
  { quality: 95 },
);

function exif(orientation: number, bigEndian = false): Uint8Array {
  const block = tiff({ 274: [orientation] }, [], { bigEndian });
  return join(ascii("Exif\0\0"), block);
}

/** Flat gray comes back within 5 levels at quality 95. */
function assertSame(image: RgbImage, expected: RgbImage) {
  assertEquals([image.width, image.height], [expected.width, expected.height]);
  image.data.forEach((level, i) =>
    assert(
      Math.abs(level - expected.data[i]!) <= 5,
      `channel ${i} is ${level}, not ${expected.data[i]}`,
    )
  );
}

Deno.test("decodePicture() reads a JPEG", async () => {
  assertSame(await decodePicture(JPEG), STORED);
});

for (let orientation = 1; orientation <= 8; orientation++) {
  Deno.test(`decodePicture() turns a JPEG of orientation ${orientation}`, async () => {
    const upright = orientImage(STORED, orientation);
    for (const bigEndian of [false, true]) {
      const jpeg = withSegment(JPEG, 0xe1, exif(orientation, bigEndian));
      assertSame(await decodePicture(jpeg), upright);
    }
  });
}

Deno.test("decodePicture() finds EXIF behind other segments of a JPEG", async () => {
  const jpeg = withSegment(
    withSegment(JPEG, 0xe1, exif(6)),
    0xe1,
    ascii("http://ns.adobe.com/xap/1.0/\0"),
  );
  assertSame(await decodePicture(jpeg), orientImage(STORED, 6));
});

Deno.test("decodePicture() reads a JPEG whose EXIF is broken or odd", async () => {
  const broken = exif(6).subarray(0, 18);
  assertSame(await decodePicture(withSegment(JPEG, 0xe1, broken)), STORED);
  assertSame(await decodePicture(withSegment(JPEG, 0xe1, exif(9))), STORED);
});

Deno.test("decodePicture() allows bytes behind the end of a JPEG", async () => {
  assertSame(await decodePicture(join(JPEG, ascii("a video"))), STORED);
});

Deno.test("decodePicture() rejects a JPEG that is cut anywhere", async () => {
  for (let length = 2; length < JPEG.length; length++) {
    await assertRejects(
      () => decodePicture(JPEG.subarray(0, length)),
      SyntaxError,
      "Cannot decode the JPEG picture as its file must be whole and undamaged: it ends without its end marker",
    );
  }
});

Deno.test("decodePicture() says what is wrong with a JPEG", async () => {
  const frame = JPEG.findIndex((byte, i) =>
    byte === 0xff && JPEG[i + 1] === 0xc0
  );
  const changed = (at: number, ...bytes: number[]) => {
    const jpeg = JPEG.slice();
    jpeg.set(bytes, frame + at);
    return jpeg;
  };
  const cases: [Uint8Array, string][] = [
    [
      changed(1, 0xc3),
      "Cannot decode the JPEG picture as it must be baseline or progressive with samples of 8 bits: its frame is of kind 3 with 8 bits",
    ],
    [changed(4, 12), "its frame is of kind 0 with 12 bits"],
    [changed(5, ...big(2, 0)), "its size is 24×0"],
    [changed(5, ...big(2, 65535, 65535)), "its size is 65535×65535"],
    [
      Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
      "as its file must be whole and undamaged: its data does not decode",
    ],
  ];
  for (const [bytes, message] of cases) {
    await assertRejects(() => decodePicture(bytes), SyntaxError, message);
  }
});
