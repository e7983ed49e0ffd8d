import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type GrayImage, resize } from "@lib/image/mod.ts";
import { drawn, uniform } from "./drawn_image.ts";

Deno.test("resize() averages over the area that a pixel covers", () => {
  const image = drawn(["##..", "#...", "....", "...#"], 200);
  assertEquals([...resize(image, 2, 2).data], [150, 0, 0, 50]);
  assertEquals([...resize(image, 1, 1).data], [50]);
});

// Each of two covers a pixel and a half: (100 + 0/2) / 1.5 and (0/2 + 40) / 1.5
Deno.test("resize() counts a pixel on an edge in proportion", () => {
  const column = { width: 1, height: 3, data: Uint8Array.of(100, 0, 40) };
  assertEquals([...resize(column, 1, 2).data], [67, 27]);
});

Deno.test("resize() interpolates between pixel centers to enlarge", () => {
  const row = { width: 2, height: 1, data: Uint8Array.of(0, 100) };
  assertEquals([...resize(row, 4, 1).data], [0, 25, 75, 100]);
});

Deno.test("resize() keeps the mean of a picture that it shrinks", () => {
  const image = drawn(["#..#.#", ".##..#", "#.#.#.", ".#.##.", "#..#.#"], 210);
  const mean = ({ data }: GrayImage) =>
    data.reduce((sum, value) => sum + value) / data.length;
  // Values are rounded to whole ones.
  assertAlmostEquals(mean(resize(image, 3, 1)), mean(image), 0.5);
});

Deno.test("resize() of what is uniform is uniform, both ways and mixed", () => {
  for (const [width, height] of [[3, 2], [28, 31], [2, 40], [7, 5]] as const) {
    assertEquals(
      resize(uniform(7, 5, 255), width, height),
      uniform(width, height, 255),
    );
  }
  assertEquals(resize(uniform(1, 1, 9), 4, 3), uniform(4, 3, 9));
});

Deno.test("resize() to the same size is a copy", () => {
  const image = drawn(["#.", ".#"], 200);
  const same = resize(image, 2, 2);
  assertEquals(same, image);
  same.data[0] = 7;
  assertEquals(image.data[0], 200);
});
