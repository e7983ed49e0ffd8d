import { assertEquals } from "@std/assert";
import { areScraps } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { block } from "./components.ts";

/** A page with a digit of 20 pixels, and a line of 190 in ink as clear. */
const ink = uniform(200, 20, 0);
const digit = block(0, 0, 4, 5);
const line = block(5, 10, 190, 1);
fillBox(ink, [0, 0, 4, 5], 90);
fillBox(ink, [5, 10, 190, 1], 90);

Deno.test("areScraps() is true where digits hold under a tenth of the clear ink", () => {
  assertEquals(areScraps([digit], [digit, line], ink, 50), true);
});

Deno.test("areScraps() is false where they hold more", () => {
  assertEquals(areScraps([digit], [digit], ink, 50), false);
  const half = block(5, 10, 95, 1);
  assertEquals(areScraps([digit], [digit, half], ink, 50), false);
});

Deno.test("areScraps() counts only the clear ink of a digit", () => {
  const faint = { ...ink, data: ink.data.slice() };
  fillBox(faint, [0, 0, 4, 5], 40);
  assertEquals(areScraps([digit], [block(5, 10, 95, 1)], faint, 50), true);
});
