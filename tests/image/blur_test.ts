import { assertEquals } from "@std/assert";
import { blur } from "@lib/image/mod.ts";
import { drawn, uniform } from "./drawn_image.ts";

Deno.test("blur() spreads a dot 1-2-1 along both axes", () => {
  const { data } = blur(drawn(["...", ".#.", "..."], 16));
  assertEquals([...data], [1, 2, 1, 2, 4, 2, 1, 2, 1]);
});

Deno.test("blur() keeps what is uniform, edges too", () => {
  assertEquals(blur(uniform(4, 3, 201)), uniform(4, 3, 201));
  assertEquals(blur(uniform(1, 1, 77)), uniform(1, 1, 77));
});
