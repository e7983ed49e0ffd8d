import { assert, assertEquals } from "@std/assert";
import { decodePicture, encodeJpeg } from "@lib/image/mod.ts";

/** Stripes of one pixel, which JPEG cannot keep. */
const STRIPES = {
  width: 32,
  height: 16,
  data: Uint8Array.from({ length: 32 * 16 * 3 }, (_, i) => i % 6 < 3 ? 0 : 255),
};

Deno.test("encodeJpeg() keeps the size, and more at a higher quality", async () => {
  const low = await encodeJpeg(STRIPES, 20);
  const high = await encodeJpeg(STRIPES, 95);
  assert(low.length < high.length, `${low.length} and ${high.length} bytes`);
  const error = async (file: Uint8Array) => {
    const { width, height, data } = await decodePicture(file);
    assertEquals([width, height], [32, 16]);
    return data.reduce((sum, v, i) => sum + Math.abs(v - STRIPES.data[i]!), 0);
  };
  const [much, little] = [await error(low), await error(high)];
  assert(little < much, `errors are ${little} and ${much}`);
});
