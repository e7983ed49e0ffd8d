import { assertEquals } from "@std/assert";
import { transpose } from "@lib/image/mod.ts";
import { drawn, rowsOf } from "./drawn_image.ts";

Deno.test("transpose() mirrors at the diagonal", () => {
  const image = drawn(["##.", "#.."]);
  assertEquals(rowsOf(transpose(image)), ["##", "#.", ".."]);
});

Deno.test("transpose() twice gives the same, beyond its blocks too", () => {
  const data = Uint8Array.from({ length: 70 * 41 }, (_, i) => i % 251);
  const image = { width: 70, height: 41, data };
  assertEquals(transpose(transpose(image)), image);
});
