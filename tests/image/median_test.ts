import { assertEquals } from "@std/assert";
import { median } from "@lib/image/mod.ts";

Deno.test("median() takes the lower one of two middles", () => {
  assertEquals(median(Uint32Array.of(0, 2, 0, 2)), 1);
  assertEquals(median(Uint32Array.of(0, 2, 0, 3)), 3);
});

Deno.test("median() of nothing is -1", () => {
  assertEquals(median(new Uint32Array(256)), -1);
});
