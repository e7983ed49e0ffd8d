import { assertEquals } from "@std/assert";
import { argMax } from "@lib/model/mod.ts";

Deno.test("argMax() takes the first of equals", () => {
  assertEquals(argMax(Float32Array.of(1, 3, 3)), 1);
});
