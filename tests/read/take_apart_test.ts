import { assertEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import { takeApart } from "@lib/read/mod.ts";
import { drawn } from "../image/drawn_image.ts";
import { boxOf } from "./components.ts";

/** Boxes that come out of the one component of a drawing. */
const parts = (rows: string[], thresholds: number[], typical: number) => {
  const ink = drawn(rows, 9);
  const [component] = findComponents(ink);
  return takeApart(component!, ink, thresholds, typical).map(boxOf);
};

Deno.test("takeApart() leaves alone what is as large as a digit", () => {
  const digit = [".....", ".9.9.", ".939.", "...9.", "....."];
  assertEquals(parts(digit, [4, 6], 3), [[1, 1, 3, 3]]);
});

Deno.test("takeApart() parts neighbors at the first threshold that does", () => {
  const pair = [
    ".........",
    ".99...99.",
    ".9922299.",
    ".99...99.",
    ".........",
  ];
  assertEquals(parts(pair, [3, 9], 3), [[1, 1, 2, 3], [6, 1, 2, 3]]);
  const firmer = pair.map((row) => row.replace("222", "555"));
  assertEquals(parts(firmer, [3, 6, 9], 3), [[1, 1, 2, 3], [6, 1, 2, 3]]);
});

Deno.test("takeApart() keeps a wide digit whole that has a faint end", () => {
  const five = [
    "........",
    ".9966666",
    ".9......",
    ".999....",
    "...9....",
    ".99.....",
  ];
  const inner = five.map((row) => row + ".");
  assertEquals(parts(inner, [7, 8, 9], 4), [[1, 1, 7, 5]]);
});

Deno.test("takeApart() takes digits off a faint grid that ends at the border", () => {
  const grid = [
    "2...2...2...2",
    "2229222292222",
    "2..92..292..2",
    "2..92..292..2",
    "2229222292222",
    "2...2...2...2",
  ];
  assertEquals(parts(grid, [5], 4), [[3, 1, 1, 4], [8, 1, 1, 4]]);
});

Deno.test("takeApart() gives up at the last threshold", () => {
  assertEquals(parts(["99999999"], [3, 6], 2), [[0, 0, 8, 1]]);
  assertEquals(parts(["55555555"], [3, 6], 2), []);
});
