import { assertEquals } from "@std/assert";
import { close } from "@lib/image/mod.ts";
import { drawn, rowsOf } from "./drawn_image.ts";

Deno.test("close() fills strokes that the square does not fit into", () => {
  const image = drawn([
    "##########",
    "#..#######",
    "#..###....",
    "#..###....",
    "######....",
  ]);
  assertEquals(rowsOf(close(image, 3)), [
    "##########",
    "##########",
    "######....",
    "######....",
    "######....",
  ]);
});
