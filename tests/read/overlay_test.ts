import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { RgbImage } from "@lib/image/mod.ts";
import { drawOverlay } from "@lib/read/mod.ts";

const blank = (width: number, height: number): RgbImage => ({
  width,
  height,
  data: new Uint8Array(width * height * 3),
});

const one = (
  digit: number,
  box: [number, number, number, number],
  rejected = false,
) => [{ digits: [{ digit, confidence: 0.9, rejected, box }] }];

/** A row a string: `.` for what was left, `#` for vermilion, `o` for white. */
function drawn({ width, height, data }: RgbImage): string[] {
  const sign = (red: number) => red === 0 ? "." : red === 255 ? "o" : "#";
  return Array.from(
    { length: height },
    (_, y) =>
      Array.from({ length: width }, (_, x) => sign(data[(y * width + x) * 3]!))
        .join(""),
  );
}

Deno.test("drawOverlay() frames a digit and writes it above", () => {
  assertEquals(drawn(drawOverlay(blank(12, 18), one(4, [4, 13, 4, 2]))), [
    "............",
    "............",
    "..#######...",
    "..####o##...",
    "..###oo##...",
    "..##o#o##...",
    "..#o##o##...",
    "..#ooooo#...",
    "..####o##...",
    "..####o##...",
    "..#######...",
    "..oooooooo..",
    "..o######o..",
    "..o#....#o..",
    "..o#....#o..",
    "..o######o..",
    "..oooooooo..",
    "............",
  ]);
});

Deno.test("drawOverlay() writes a question mark above a rejected digit", () => {
  const lines = one(4, [4, 13, 4, 2], true);
  const rows = drawn(drawOverlay(blank(12, 18), lines));
  assertEquals(rows.slice(2, 11).map((row) => row.slice(2, 9)), [
    "#######",
    "##ooo##",
    "#o###o#",
    "#####o#",
    "####o##",
    "###o###",
    "#######",
    "###o###",
    "#######",
  ]);
});

Deno.test("drawOverlay() writes below where there is no room above", () => {
  const rows = drawn(drawOverlay(blank(12, 18), one(1, [3, 2, 2, 2])));
  assertEquals(rows.slice(5, 9), [
    ".oooooo.....",
    ".#######....",
    ".###o###....",
    ".##oo###....",
  ]);
});

Deno.test("drawOverlay() stays within the picture", () => {
  const corners: [number, number, number, number][] = [
    [0, 0, 12, 18],
    [10, 16, 2, 2],
    [0, 16, 1, 2],
  ];
  for (const box of corners) {
    const { data } = drawOverlay(blank(12, 18), one(8, box));
    assertEquals(data.length, 12 * 18 * 3);
    assert(data.some((value) => value > 0));
  }
});

Deno.test("drawOverlay() grows with the picture", () => {
  const lines = one(5, [600, 600, 100, 300]);
  const { data } = drawOverlay(blank(1200, 1200), lines);
  const column = Array.from(
    { length: 12 },
    (_, x) => data[(700 * 1200 + 590 + x) * 3],
  );
  // Three pixels of white and three of vermilion end at the box.
  assertEquals(column, [0, 0, 0, 0, 255, 255, 255, 213, 213, 213, 0, 0]);
});

Deno.test("drawOverlay() draws each digit in its own way, over all lines", () => {
  const pictures = Array.from(
    { length: 10 },
    (_, digit) =>
      drawn(drawOverlay(blank(12, 18), one(digit, [4, 13, 4, 2]))).join("\n"),
  );
  assertEquals(new Set(pictures).size, 10);
  const both = drawOverlay(blank(30, 18), [
    ...one(1, [4, 13, 4, 2]),
    ...one(2, [20, 13, 4, 2]),
  ]);
  assertNotEquals(drawn(both)[13]!.slice(16), ".".repeat(14));
});

Deno.test("drawOverlay() leaves the picture it was given", () => {
  const image = blank(12, 18);
  drawOverlay(image, one(4, [4, 13, 4, 2]));
  assert(image.data.every((value) => value === 0));
});
