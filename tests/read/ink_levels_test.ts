import { assertEquals } from "@std/assert";
import { inkLevels } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";

const page = () => {
  const ink = uniform(100, 80, 0);
  fillBox(ink, [40, 30, 5, 20], 60);
  fillBox(ink, [39, 30, 1, 20], 20);
  return ink;
};

// Otsu parts the edge, 20, from the stroke, 60, in their middle.
Deno.test("inkLevels() finds what a person sees, and the middle of edges", () => {
  assertEquals(inkLevels(page()), { noise: 12, clear: 40 + 1 });
});

Deno.test("inkLevels() is not led by a finger at the border", () => {
  const ink = page();
  fillBox(ink, [0, 20, 25, 50], 240);
  assertEquals(inkLevels(ink), inkLevels(page()));
});

Deno.test("inkLevels() of empty paper and of one even mark", () => {
  assertEquals(inkLevels(uniform(9, 9, 0)), { noise: 12, clear: 12 });
  const even = uniform(100, 80, 0);
  fillBox(even, [40, 30, 5, 20], 60);
  assertEquals(inkLevels(even), { noise: 12, clear: 12 });
});
