import { assert, assertEquals } from "@std/assert";
import { type Ink, writeDigit } from "@lib/synth/mod.ts";

const PLACE = { scale: 4, x: 60, y: 60, slant: 0, edge: 0.5 };

/** An upright bar of two pixels in the middle of a digit's 28. */
const BAR = Uint8Array.from(
  { length: 28 * 28 },
  (_, i) => [13, 14].includes(i % 28) ? 255 : 0,
);

function page(): Ink {
  return { width: 120, height: 120, data: new Float32Array(120 * 120) };
}

/** Where ink begins and ends on a row, in pixels. */
function extent({ width, data }: Ink, row: number): [number, number] {
  const values = data.subarray(row * width, (row + 1) * width);
  return [
    values.findIndex((value) => value > 0.5),
    values.findLastIndex((value) => value > 0.5) + 1,
  ];
}

Deno.test("writeDigit() draws a bar as wide as its pixels", () => {
  const ink = page();
  writeDigit(ink, BAR, PLACE);
  assertEquals(extent(ink, 60), [56, 64]); // 2 pixels at 4 each
  assertEquals(extent(ink, 30), [56, 64]);
  assertEquals(ink.data[60 * 120 + 60], 1);
  assertEquals(ink.data[60 * 120 + 40], 0);
});

Deno.test("writeDigit() makes strokes thicker where the edge is lower", () => {
  const ink = page();
  writeDigit(ink, BAR, { ...PLACE, edge: 0.25 });
  const [left, right] = extent(ink, 60);
  assert(right - left > 8, `${right - left} pixels`);
});

Deno.test("writeDigit() leans to the right with height", () => {
  const ink = page();
  writeDigit(ink, BAR, { ...PLACE, slant: 0.2 });
  // 30 pixels up: 6 to the right, and the other way round.
  assertEquals(extent(ink, 30), [62, 70]);
  assertEquals(extent(ink, 60), [56, 64]);
  assertEquals(extent(ink, 90), [50, 58]);
});

Deno.test("writeDigit() rounds the steps of the pixels", () => {
  const stairs = Uint8Array.from({ length: 28 * 28 }, (_, i) => {
    const across = i % 28 - Math.floor(i / 28);
    return Math.abs(across) <= 1 ? 255 : 0;
  });
  const ink = page();
  writeDigit(ink, stairs, PLACE);
  // The left edge of a diagonal moves about one pixel a row, not 4 each fourth.
  for (let row = 40; row < 80; row++) {
    const step = extent(ink, row + 1)[0] - extent(ink, row)[0];
    assert(step >= 0 && step <= 2, `row ${row} steps by ${step}`);
  }
});

Deno.test("writeDigit() cuts off what leaves the page and keeps other ink", () => {
  const ink = page();
  writeDigit(ink, BAR, PLACE);
  writeDigit(ink, BAR, { ...PLACE, x: 119, y: -20 });
  assertEquals(extent(ink, 100), [56, 64]);
  assertEquals(extent(ink, 20), [56, 120]);
});
