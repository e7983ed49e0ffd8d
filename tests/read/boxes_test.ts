import { assertEquals } from "@std/assert";
import { boxGap, sharedHeight, sharedWidth } from "@lib/read/mod.ts";

const box = (x: number, y: number, width: number, height: number) => ({
  x,
  y,
  width,
  height,
});

Deno.test("sharedWidth() counts columns, and a gap below 0", () => {
  assertEquals(sharedWidth(box(0, 0, 10, 5), box(7, 50, 10, 5)), 3);
  assertEquals(sharedWidth(box(7, 0, 10, 5), box(0, 50, 3, 5)), -4);
});

Deno.test("sharedHeight() counts rows, and a gap below 0", () => {
  assertEquals(sharedHeight(box(0, 0, 10, 5), box(70, 2, 10, 9)), 3);
  assertEquals(sharedHeight(box(0, 20, 10, 5), box(0, 0, 10, 5)), -15);
});

Deno.test("boxGap() is the distance between the nearest corners", () => {
  assertEquals(boxGap(box(0, 0, 10, 10), box(13, 14, 5, 5)), 5);
  assertEquals(boxGap(box(0, 0, 10, 10), box(13, 4, 5, 5)), 3);
  assertEquals(boxGap(box(0, 0, 10, 10), box(5, 5, 50, 50)), 0);
});
