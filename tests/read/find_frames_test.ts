import { assertEquals } from "@std/assert";
import { findComponents, type GrayImage } from "@lib/image/mod.ts";
import { findFrames } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { boxOf } from "./components.ts";
import { drawBox, drawRing } from "./framed.ts";

type Box = readonly [x: number, y: number, width: number, height: number];

/** The boxes of the frames on a page of 400×200. */
function framesOf(...draw: ((ink: GrayImage) => void)[]): number[][] {
  const ink = uniform(400, 200, 0);
  for (const each of draw) each(ink);
  return findFrames(findComponents(ink)).map(({ component }) =>
    boxOf(component)
  );
}

const bar = (box: Box) => (ink: GrayImage) => fillBox(ink, box, 1);
const box = (box: Box) => (ink: GrayImage) => drawBox(ink, box, 4, 1);
const ring = (box: Box) => (ink: GrayImage) => drawRing(ink, box, 5, 1);

/** As wide as most digits. */
const digit = (x: number, y = 80) => (ink: GrayImage) => {
  fillBox(ink, [x, y, 30, 8], 1);
  fillBox(ink, [x + 22, y, 8, 44], 1);
};

Deno.test("findFrames() finds boxes and rings around one digit or more", () => {
  const around: Box = [70, 60, 130, 90];
  for (const draw of [box, ring]) {
    assertEquals(framesOf(draw(around), digit(95), digit(145)), [[...around]]);
  }
  const small: Box = [70, 66, 70, 72];
  for (const draw of [box, ring]) {
    assertEquals(framesOf(draw(small), digit(90)), [[...small]]);
  }
});

Deno.test("findFrames() finds a row of fields, also open on top", () => {
  const fields: Box[] = [[50, 60, 60, 80], [106, 60, 60, 80]];
  const digits = [digit(65), digit(121)];
  assertEquals(framesOf(...fields.map(box), ...digits), [[50, 60, 116, 80]]);
  const comb = [[50, 60], [106, 60], [162, 60]].map(([x, y]) =>
    bar([x!, y!, 4, 80])
  );
  const floor = bar([50, 136, 116, 4]);
  assertEquals(framesOf(...comb, floor, ...digits), [[50, 60, 116, 80]]);
});

Deno.test("findFrames() finds a ring that does not close", () => {
  const gap = (ink: GrayImage) => fillBox(ink, [180, 90, 30, 8], 0);
  const found = framesOf(ring([70, 50, 130, 100]), gap, digit(95), digit(145));
  assertEquals(found.length, 1);
});

Deno.test("findFrames() takes no digit for a frame", () => {
  const zero = ring([60, 70, 44, 64]);
  const slash = (x: number) => (ink: GrayImage) => {
    for (let y = 0; y < 30; y++) {
      fillBox(ink, [x + 22 - Math.round(y / 2), 87 + y, 5, 1], 1);
    }
  };
  const dot = bar([78, 97, 8, 10]);
  assertEquals(framesOf(zero), []);
  assertEquals(framesOf(zero, dot), []);
  assertEquals(framesOf(zero, slash(66)), []);
  const other = ring([140, 70, 44, 64]);
  assertEquals(framesOf(zero, slash(66), other, slash(146)), []);
  // Beside a digit as high, a 0 is no frame, whatever stands in it.
  const wide = ring([60, 60, 70, 70]);
  assertEquals(framesOf(wide, digit(80), bar([200, 64, 8, 64])), []);
});

Deno.test("findFrames() finds none around what stands beside or off the middle", () => {
  assertEquals(framesOf(box([60, 60, 70, 90]), digit(150)), []);
  assertEquals(framesOf(box([60, 40, 200, 120]), digit(66, 46)), []);
  const corner = [bar([60, 60, 5, 90]), bar([60, 145, 100, 5])];
  assertEquals(framesOf(...corner, digit(80), digit(120)), []);
});
