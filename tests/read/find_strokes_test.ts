import { assertEquals } from "@std/assert";
import type { GrayImage } from "@lib/image/mod.ts";
import { findStrokes } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { boxOf } from "./components.ts";

type Box = readonly [x: number, y: number, width: number, height: number];

const DIGITS: Box[] = [[60, 60, 25, 40], [110, 62, 24, 38], [160, 58, 26, 42]];

/** Ink on a page of 300×200 px, digits and more. */
function page(...more: [box: Box, ink: number][]): GrayImage {
  const ink = uniform(300, 200, 0);
  for (const [box, value] of more) fillBox(ink, box, value);
  for (const box of DIGITS) fillBox(ink, box, 150);
  return ink;
}

const found = (ink: GrayImage) =>
  findStrokes(ink).strokes.map(boxOf).sort((a, b) => a[0]! - b[0]!);

Deno.test("findStrokes() finds marks of about one height", () => {
  assertEquals(found(page()), DIGITS.map((box) => [...box]));
});

Deno.test("findStrokes() finds one digit alone, as large as the picture", () => {
  const ink = uniform(300, 200, 0);
  fillBox(ink, [120, 5, 50, 190], 90);
  assertEquals(found(ink), [[120, 5, 50, 190]]);
});

Deno.test("findStrokes() drops specks, faint marks, and lines", () => {
  const extra = page(
    [[10, 10, 2, 2], 200], // specks
    [[98, 70, 4, 4], 200],
    [[230, 60, 20, 40], 30], // shows through from the back
    [[20, 120, 260, 3], 200], // a line
    [[280, 10, 3, 180], 200],
  );
  assertEquals(found(extra), found(page()));
});

Deno.test("findStrokes() drops a frame and a finger", () => {
  const extra = page(
    [[20, 20, 260, 4], 150],
    [[20, 160, 260, 4], 150],
    [[20, 20, 4, 144], 150],
    [[276, 20, 4, 144], 150],
    [[0, 60, 18, 60], 250],
  );
  assertEquals(found(extra), found(page()));
});

Deno.test("findStrokes() keeps the faint end of a digit, and its bar", () => {
  const extra = page(
    [[186, 60, 10, 4], 70], // faint, touching
    [[137, 60, 12, 5], 150], // clear, 3 px away
  );
  assertEquals(found(extra), [
    [60, 60, 25, 40],
    [110, 62, 24, 38],
    [137, 60, 12, 5],
    [160, 58, 36, 42],
  ]);
});

Deno.test("findStrokes() parts digits that a faint line joins", () => {
  const extra = page([[0, 80, 300, 2], 60]);
  assertEquals(found(extra), found(page()));
});

Deno.test("findStrokes() finds nothing where there is nothing to read", () => {
  const nothing = { strokes: [], typical: 0 };
  assertEquals(findStrokes(uniform(300, 200, 0)), nothing);
  assertEquals(findStrokes(uniform(1, 1, 0)), nothing);
  const specks = uniform(300, 200, 0);
  for (let x = 5; x < 300; x += 20) fillBox(specks, [x, x % 190, 4, 5], 200);
  assertEquals(findStrokes(specks), nothing);
});
