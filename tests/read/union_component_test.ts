import { assertEquals } from "@std/assert";
import { unionComponent } from "@lib/read/mod.ts";
import { block, boxOf } from "./components.ts";

Deno.test("unionComponent() holds all pixels in one bounding box", () => {
  const parts = [block(10, 20, 4, 5), block(2, 22, 3, 9), block(8, 1, 1, 1)];
  const union = unionComponent(parts);
  assertEquals(boxOf(union), [2, 1, 12, 30]);
  assertEquals(union.area, 4 * 5 + 3 * 9 + 1);
  assertEquals(union.runs.length, 3 * (5 + 9 + 1));
});

Deno.test("unionComponent() of one is that one", () => {
  const part = block(10, 20, 4, 5);
  assertEquals(unionComponent([part]), part);
});
