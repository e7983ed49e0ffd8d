import { assertEquals } from "@std/assert";
import { dilate, erode } from "@lib/image/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { drawn, rowsOf, uniform } from "./drawn_image.ts";

Deno.test("dilate() makes a square of a dot, and cuts it at the border", () => {
  const dots = drawn(["#.....", "......", "......", "....#."]);
  assertEquals(rowsOf(dilate(dots, 3)), [
    "##....",
    "##....",
    "...###",
    "...###",
  ]);
  assertEquals(rowsOf(dilate(dots, 1)), rowsOf(dots));
});

Deno.test("dilate() is the maximum over each square, for every odd size", () => {
  const random = createRandom(5);
  const image = uniform(13, 9, 0);
  image.data.forEach((_, i) => image.data[i] = random.uint32() & 255);
  for (const size of [1, 3, 5, 7, 9, 15, 31]) {
    const radius = (size - 1) / 2;
    const expected = image.data.map((_, i) => {
      let most = 0;
      image.data.forEach((value, other) => {
        const x = Math.abs(other % 13 - i % 13);
        const y = Math.abs(Math.floor(other / 13) - Math.floor(i / 13));
        if (x <= radius && y <= radius) most = Math.max(most, value);
      });
      return most;
    });
    assertEquals(dilate(image, size).data, expected, `size ${size}`);
  }
});

Deno.test("erode() is dilate() of the inverted picture, inverted", () => {
  const random = createRandom(6);
  const image = uniform(11, 8, 0);
  image.data.forEach((_, i) => image.data[i] = random.uint32() & 255);
  const inverted = { ...image, data: image.data.map((value) => 255 - value) };
  for (const size of [1, 3, 7]) {
    const expected = dilate(inverted, size).data.map((value) => 255 - value);
    assertEquals(erode(image, size).data, expected, `size ${size}`);
  }
});
