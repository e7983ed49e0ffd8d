import { assert, assertEquals } from "@std/assert";
import { flatten, type GrayImage, invert } from "@lib/image/mod.ts";
import { fillBox, uniform } from "./drawn_image.ts";

type Box = readonly [x: number, y: number, width: number, height: number];

const STROKES: Box[] = [[60, 50, 6, 50], [90, 50, 6, 50], [90, 50, 30, 6]];

/** A page of one brightness that `shade` then scales, with strokes on it. */
function page(
  shade: (x: number, y: number) => number,
  strokes = STROKES,
): GrayImage {
  const image = uniform(200, 150, 220);
  for (const stroke of strokes) fillBox(image, stroke, 110);
  image.data.forEach((value, i) =>
    image.data[i] = value * shade(i % 200, Math.floor(i / 200))
  );
  return image;
}

/** Least ink on the strokes, and most of it elsewhere. */
function contrast(ink: GrayImage): [on: number, off: number] {
  const mask = uniform(200, 150, 0);
  for (const stroke of STROKES) fillBox(mask, stroke, 1);
  const on = ink.data.filter((_, i) => mask.data[i] === 1);
  const off = ink.data.filter((_, i) => mask.data[i] === 0);
  return [Math.min(...on), Math.max(...off)];
}

// 255 · (1 − 111 / 221) = 126.9; each value has 1 added, so that black is one.
Deno.test("flatten() finds half the paper's brightness as half ink", () => {
  const { ink, light } = flatten(page(() => 1));
  assertEquals(contrast(ink), [126, 0]);
  assertEquals(light, false);
});

Deno.test("flatten() takes a gradient and a sharp shadow off", () => {
  const ramp = flatten(page((x, y) => 1 - x / 800 - y / 600)).ink;
  const shadow = flatten(page((x) => x < 75 ? 0.6 : 1)).ink;
  for (const ink of [ramp, shadow]) {
    const [on, off] = contrast(ink);
    assert(on > 110 && off < 35, `${on} on strokes, ${off} elsewhere`);
  }
});

Deno.test("flatten() tells light ink on dark ground", () => {
  const { ink, light } = flatten(invert(page(() => 1)));
  const [on, off] = contrast(ink);
  assertEquals([light, off], [true, 0]);
  assert(on > 120, `${on} on strokes`);
});

Deno.test("flatten() tells dark ink on a page that lies on a dark desk", () => {
  const isDesk = (x: number, y: number) => x < 24 || x > 170 || y < 20;
  const image = page((x, y) => isDesk(x, y) ? 0.1 : 1);
  const { ink, light } = flatten(image);
  assertEquals(light, false);
  assert(ink.data[75 * 200 + 62]! > 110);
});

Deno.test("flatten() tells dense dark writing from light ink", () => {
  const lines: Box[] = [];
  for (let y = 6; y < 140; y += 14) {
    for (let x = 6; x < 190; x += 9) lines.push([x, y, 3, 10]);
  }
  const image = page(() => 1, lines);
  assertEquals(flatten(image).light, false);
  assertEquals(flatten(invert(image)).light, true);
});

Deno.test("flatten() finds no ink on what is uniform, black, or one pixel", () => {
  for (const value of [0, 1, 128, 255]) {
    for (const [width, height] of [[40, 30], [1, 1], [300, 1]] as const) {
      const { ink } = flatten(uniform(width, height, value));
      assertEquals(ink, uniform(width, height, 0), `${value} ${width}`);
    }
  }
});
