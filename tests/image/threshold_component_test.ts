import { assertEquals } from "@std/assert";
import { findComponents, thresholdComponent } from "@lib/image/mod.ts";
import { drawn } from "./drawn_image.ts";

Deno.test("thresholdComponent() takes two digits off a faint line", () => {
  const image = drawn([
    "........",
    "..9..9..",
    "22922922",
    "..9.....",
  ], 9);
  const [component] = findComponents(image);
  assertEquals(thresholdComponent(image, component!, 5), [
    {
      x: 2,
      y: 1,
      width: 1,
      height: 3,
      area: 3,
      runs: [1, 2, 3, 2, 2, 3, 3, 2, 3],
    },
    { x: 5, y: 1, width: 1, height: 2, area: 2, runs: [1, 5, 6, 2, 5, 6] },
  ]);
});

Deno.test("thresholdComponent() does not see other components", () => {
  const image = drawn(["99...", "9...9", "..999"], 9);
  const [first] = findComponents(image);
  assertEquals(thresholdComponent(image, first!, 9), [first]);
  assertEquals(thresholdComponent(image, first!, 10), []);
});
