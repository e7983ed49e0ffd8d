import { assertEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import { isIntruder } from "@lib/read/mod.ts";
import { drawn } from "../image/drawn_image.ts";

const intruders = (rows: string[]) => {
  const mask = drawn(rows);
  return findComponents(mask).map((component) => isIntruder(component, mask));
};

Deno.test("isIntruder() is true of what lies along the border", () => {
  const finger = ["......", "##....", "###...", "##....", "......"];
  const upsideDown = finger.toReversed();
  const mirrored = finger.map((row) => [...row].reverse().join(""));
  const turned = ["..###...", "...##...", "........"];
  for (
    const rows of [finger, upsideDown, mirrored, turned, turned.toReversed()]
  ) {
    assertEquals(intruders(rows), [true], rows.join(" "));
  }
});

Deno.test("isIntruder() is false of a digit that the border cuts", () => {
  const four = [
    ".#...#.",
    ".#...#.",
    ".#####.",
    ".....#.",
    ".......",
    ".......",
  ];
  assertEquals(intruders(four), [false]);
  const seven = ["......", ".#####", "....#.", "...#..", "...#..", "......"];
  assertEquals(intruders(seven), [false]);
});

Deno.test("isIntruder() is false of what does not touch the border", () => {
  assertEquals(intruders(["......", ".####.", ".####.", "......"]), [false]);
});
