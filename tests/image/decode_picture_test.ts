import { assertEquals, assertRejects } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import { ascii, png } from "./picture_bytes.ts";

Deno.test("decodePicture() goes by the content, also within a larger buffer", async () => {
  const file = png({
    width: 1,
    height: 1,
    depth: 8,
    colorType: 0,
    rows: [[0, 9]],
  });
  const larger = new Uint8Array(file.length + 20);
  larger.set(file, 10);
  const image = await decodePicture(larger.subarray(10, 10 + file.length));
  assertEquals(image, { width: 1, height: 1, data: Uint8Array.of(9, 9, 9) });
});

Deno.test("decodePicture() leaves the file as it is", async () => {
  const file = png({
    width: 2,
    height: 1,
    depth: 8,
    colorType: 0,
    rows: [[1, 5, 5]],
  });
  const copy = file.slice();
  await decodePicture(file);
  assertEquals(file, copy);
});

Deno.test("decodePicture() rejects what is no picture", async () => {
  await assertRejects(
    () => decodePicture(new Uint8Array(0)),
    SyntaxError,
    "Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: it is empty",
  );
  await assertRejects(
    () => decodePicture(Uint8Array.from(ascii("5283\n"))),
    SyntaxError,
    'it begins with the text "5283\\n"',
  );
});
