import { assertEquals } from "@std/assert";
import { toGray } from "@lib/image/mod.ts";

Deno.test("toGray() weighs the channels as BT.601 does and keeps grays", () => {
  const data = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [7, 7, 7], [
    255,
    255,
    255,
  ]];
  const picture = { width: 5, height: 1, data: Uint8Array.from(data.flat()) };
  // 0.299 · 255 = 76.2, 0.587 · 255 = 149.7, 0.114 · 255 = 29.1
  assertEquals(toGray(picture), {
    width: 5,
    height: 1,
    data: Uint8Array.of(76, 150, 29, 7, 255),
  });
});
