import { assertEquals } from "@std/assert";
import { invert } from "@lib/image/mod.ts";

Deno.test("invert() swaps dark and light in a new picture", () => {
  const image = { width: 3, height: 1, data: Uint8Array.of(0, 100, 255) };
  assertEquals([...invert(image).data], [255, 155, 0]);
  assertEquals([...image.data], [0, 100, 255]);
});
