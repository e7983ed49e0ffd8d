import { assertEquals } from "@std/assert";
import { threshold } from "@lib/image/mod.ts";

Deno.test("threshold() sets what is the level or more", () => {
  const image = { width: 4, height: 1, data: Uint8Array.of(0, 9, 10, 255) };
  assertEquals([...threshold(image, 10).data], [0, 0, 1, 1]);
  assertEquals([...threshold(image, 256).data], [0, 0, 0, 0]);
});
