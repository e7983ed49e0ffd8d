import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeJpeg, Image } from "image-js";
import { decodePicture, orientImage, type RgbImage } from "@lib/image/mod.ts";
import {
  ascii,
  big,
  drawn,
  join,
  jpeg,
  type JpegParts,
  tiff,
  withSegment,
} from "./picture_bytes.ts";

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

// YCbCr by JFIF: red = 120 + 1.402 · 60, green = 120 − 0.714 · 60, blue = 120.
// Adobe stores CMYK inverted: red = 200 · 250 / 255.
const KINDS: [string, JpegParts, number[]][] = [
  ["gray", { levels: [57] }, [57, 57, 57]],
  ["color", { levels: [120, 128, 188] }, [204, 77, 120]],
  ["RGB", { levels: [10, 130, 250], adobe: 0 }, [10, 130, 250]],
  ["CMYK", { levels: [200, 100, 50, 250], adobe: 0 }, [196, 98, 49]],
];
for (const [kind, parts, color] of KINDS) {
  for (const progressive of [false, true]) {
    const coding = progressive ? "progressive" : "baseline";
    Deno.test(`decodePicture() reads a ${coding} JPEG of ${kind}`, async () => {
      const image = await decodePicture(jpeg({ ...parts, progressive }));
      color.forEach((level, channel) => {
        const row = Array(8).fill(level).join(" ");
        assertEquals(drawn(image, channel), Array(8).fill(row));
      });
    });
  }
}

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

Deno.test("decodePicture() rejects a JPEG whose pixels end early", async () => {
  const cmyk = jpeg({ levels: [9, 99, 199, 0], adobe: 0 });
  const cases: [Uint8Array, string][] = [
    [JPEG, 'mozjpeg says "Corrupt JPEG data: premature end of data segment"'],
    [cmyk, "its data does not decode"],
  ];
  for (const [whole, found] of cases) {
    await assertRejects(
      () => decodePicture(join(whole.subarray(0, -5), [0xff, 0xd9])),
      SyntaxError,
      `Cannot decode the JPEG picture as its file must be whole and undamaged: ${found}`,
    );
  }
});

Deno.test("decodePicture() allows bytes between a JPEG's pixels and its end", async () => {
  const filled = join(JPEG.subarray(0, -2), [0, 0, 0, 0xff, 0xd9]);
  assertSame(await decodePicture(filled), STORED);
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
      "as its file must be whole and undamaged: it has no frame",
    ],
  ];
  for (const [bytes, message] of cases) {
    await assertRejects(() => decodePicture(bytes), SyntaxError, message);
  }
});
