import { assert, assertEquals } from "@std/assert";
import { typicalHeight } from "@lib/read/mod.ts";
import { block } from "./components.ts";

const heights = (...all: number[]) =>
  all.map((height) => block(0, 0, 4, height));

Deno.test("typicalHeight() is that of the digits, not of specks", () => {
  const specks = Array.from({ length: 500 }, () => block(0, 0, 2, 3));
  assertEquals(typicalHeight([...specks, ...heights(40, 40, 40)]), 40);
});

Deno.test("typicalHeight() is not that of one large mark among digits", () => {
  const typical = typicalHeight(heights(100, 40, 45, 38, 42, 44, 40, 41, 39));
  assert(typical >= 38 && typical <= 45, `${typical}`);
});

Deno.test("typicalHeight() of one is its own, of none is 0", () => {
  assertEquals(typicalHeight(heights(17)), 17);
  assertEquals(typicalHeight([]), 0);
});
