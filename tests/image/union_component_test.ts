import { assertEquals } from "@std/assert";
import { findComponents, unionComponent } from "@lib/image/mod.ts";
import { drawn } from "./drawn_image.ts";

Deno.test("unionComponent() holds all pixels in one bounding box", () => {
  const parts = findComponents(drawn([
    "......",
    ".##...",
    ".....#",
    ".##...",
    ".##...",
  ]));
  assertEquals(parts.length, 3);
  const { x, y, width, height, area, runs } = unionComponent(parts);
  assertEquals([x, y, width, height], [1, 1, 5, 4]);
  assertEquals([area, runs.length], [7, 3 * 4]);
});

Deno.test("unionComponent() of one is that one", () => {
  const [part] = findComponents(drawn([".#.", "##."]));
  assertEquals(unionComponent([part!]), part);
});
