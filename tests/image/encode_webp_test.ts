import { assert, assertEquals, assertLess } from "@std/assert";
import { decodePicture, encodeWebp, type RgbImage } from "@lib/image/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

/** Three bands of color, wide enough to survive a lossy codec. */
function bands(): RgbImage {
  const colors = [[200, 40, 40], [40, 160, 60], [30, 50, 190]];
  const data = Array.from(
    { length: 48 * 20 },
    (_, pixel) => colors[Math.floor((pixel % 48) / 16)]!,
  );
  return { width: 48, height: 20, data: Uint8Array.from(data.flat()) };
}

/** Noise, which takes all the bytes that the quality leaves it. */
function noise(): RgbImage {
  const random = createRandom(1);
  const data = Uint8Array.from(
    { length: 64 * 64 * 3 },
    () => random.next() * 256,
  );
  return { width: 64, height: 64, data };
}

// The first test here, as what is loaded once needs no permission again.
Deno.test({
  name: "encodeWebp() needs no permission and leaves the picture as it is",
  permissions: "none",
  fn: async () => {
    const image = bands();
    await encodeWebp(image, 50);
    assertEquals(image, bands());
  },
});

// In the middle of a band, where no block of 8 reaches over its edge.
Deno.test("encodeWebp() keeps size and colors", async () => {
  const image = bands();
  const decoded = await decodePicture(await encodeWebp(image, 90));
  assertEquals([decoded.width, decoded.height], [48, 20]);
  for (const x of [8, 24, 40]) {
    for (let channel = 0; channel < 3; channel++) {
      const at = (10 * 48 + x) * 3 + channel;
      const [level, wanted] = [decoded.data[at]!, image.data[at]!];
      assert(
        Math.abs(level - wanted) <= 8,
        `channel ${channel} at x ${x} is ${level}, not ${wanted}`,
      );
    }
  }
});

Deno.test("encodeWebp() takes more bytes for more quality, and is nearer", async () => {
  const image = noise();
  const files = await Promise.all(
    [5, 50, 95].map((quality) => encodeWebp(image, quality)),
  );
  const errors = await Promise.all(files.map(async (file) => {
    const { data } = await decodePicture(file);
    return data.reduce((sum, v, i) => sum + Math.abs(v - image.data[i]!), 0);
  }));
  assertLess(files[0]!.length, files[1]!.length);
  assertLess(files[1]!.length, files[2]!.length);
  assertLess(errors[1]!, errors[0]!);
  assertLess(errors[2]!, errors[1]!);
});

Deno.test("encodeWebp() gives the same bytes again", async () => {
  assertEquals(await encodeWebp(bands(), 80), await encodeWebp(bands(), 80));
});
