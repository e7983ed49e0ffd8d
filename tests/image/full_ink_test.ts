import { assertEquals } from "@std/assert";
import { findComponents, fullInk } from "@lib/image/mod.ts";
import { drawn } from "./drawn_image.ts";

Deno.test("fullInk() is the middle of a stroke, neither edge nor speck", () => {
  const ink = drawn(["3883", "3883", "3893"], 9);
  const [component] = findComponents(ink);
  assertEquals(fullInk(ink, component!), 8);
});
