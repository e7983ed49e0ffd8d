import { assertEquals } from "@std/assert";
import { histogram } from "@lib/image/mod.ts";

Deno.test("histogram() counts each value, of 256", () => {
  const image = { width: 2, height: 2, data: Uint8Array.of(3, 0, 3, 255) };
  const counts = histogram(image);
  assertEquals(counts.length, 256);
  assertEquals([counts[0], counts[1], counts[3], counts[255]], [1, 0, 2, 1]);
});
