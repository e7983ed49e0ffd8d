import { assert, assertEquals } from "@std/assert";
import type { GrayImage } from "@lib/image/mod.ts";
import { removeFrames } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { drawBox, drawRing } from "./framed.ts";

/** A page of 400×200 px. */
function page(...draw: ((ink: GrayImage) => void)[]): GrayImage {
  const ink = uniform(400, 200, 0);
  for (const each of draw) each(ink);
  return ink;
}

const digit = (x: number, y = 80) => (ink: GrayImage) => {
  fillBox(ink, [x, y, 30, 8], 180);
  fillBox(ink, [x + 22, y, 8, 44], 180);
};
const DIGITS = [digit(75), digit(135), digit(195)];

Deno.test("removeFrames() leaves the digits as they are, and nothing else", () => {
  const plain = page(...DIGITS);
  for (const pen of [2, 5, 8]) {
    for (const value of [100, 180]) {
      const box = (ink: GrayImage) =>
        drawBox(ink, [50, 55, 200, 90], pen, value);
      const ring = (ink: GrayImage) =>
        drawRing(ink, [20, 30, 260, 145], pen, value);
      const fields = (ink: GrayImage) => {
        for (const x of [60, 120, 180]) {
          drawBox(ink, [x, 60, 60 + pen, 84], pen, value);
        }
      };
      for (const draw of [box, ring, fields]) {
        const framed = page(draw, ...DIGITS);
        assertEquals(removeFrames(framed, framed), plain);
      }
    }
  }
});

Deno.test("removeFrames() gives back the same picture where there is none", () => {
  for (const ink of [page(), page(...DIGITS)]) {
    assert(removeFrames(ink, ink) === ink);
  }
});

Deno.test("removeFrames() takes the sides of a frame whose lines are gone", () => {
  const plain = page(...DIGITS);
  const sides = page(...DIGITS, (ink) => {
    fillBox(ink, [50, 55, 4, 90], 180);
    fillBox(ink, [246, 55, 4, 90], 180);
  });
  const whole = page(
    ...DIGITS,
    (ink) => drawBox(ink, [50, 55, 200, 90], 4, 180),
  );
  assertEquals(removeFrames(sides, whole), plain);
});

Deno.test("removeFrames() keeps a digit that touches its frame", () => {
  // The first one's bar reaches the left side.
  const touching = page(
    ...DIGITS,
    (ink) => fillBox(ink, [54, 80, 22, 8], 180),
  );
  const framed = page(
    ...DIGITS,
    (ink) => fillBox(ink, [54, 80, 22, 8], 180),
    (ink) => drawBox(ink, [50, 55, 200, 90], 4, 180),
  );
  const { data } = removeFrames(framed, framed);
  const differ = data.filter((value, i) => value !== touching.data[i]).length;
  assert(differ <= 40, `${differ}`);
});
