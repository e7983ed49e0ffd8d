import { assertEquals } from "@std/assert";
import { decodePicture, encodePng, type RgbImage } from "@lib/image/mod.ts";
import { ascii } from "./picture_bytes.ts";

/** Every channel of every pixel differs from the next. */
function gradient(width: number, height: number): RgbImage {
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => i * 37,
  );
  return { width, height, data };
}

Deno.test("encodePng() keeps every level", async () => {
  for (const [width, height] of [[1, 1], [5, 3], [3, 5], [64, 40]] as const) {
    const image = gradient(width, height);
    assertEquals(await decodePicture(await encodePng(image)), image);
  }
});

Deno.test("encodePng() writes 8 bits a channel, red, green and blue", async () => {
  const file = await encodePng(gradient(5, 3));
  assertEquals([...file.subarray(0, 8)], [0x89, ...ascii("PNG\r\n\x1a\n")]);
  // In IHDR: width, height, then depth 8 and color type 2.
  assertEquals([...file.subarray(16, 26)], [0, 0, 0, 5, 0, 0, 0, 3, 8, 2]);
});

Deno.test("encodePng() leaves the picture as it is", async () => {
  const image = gradient(5, 3);
  await encodePng(image);
  assertEquals(image, gradient(5, 3));
});
