import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import { type Ink, type PageText, writeRows } from "@lib/synth/mod.ts";

/** A bar for 1 and a square for 0, 20 pixels tall each. */
const DIGITS = {
  labels: Uint8Array.of(0, 1),
  images: Uint8Array.from({ length: 2 * 784 }, (_, i) => {
    const x = i % 28;
    const y = Math.floor(i / 28) % 28;
    const tall = y >= 4 && y < 24;
    const wide = i < 784 ? x >= 4 && x < 24 : x >= 12 && x < 16;
    return tall && wide ? 255 : 0;
  }),
};

const TEXT: PageText = {
  width: 400,
  height: 300,
  rows: ["01", "1"],
  digitHeight: 40,
  rowPitch: 100,
  tilt: 0,
};

/** First and last row with ink of each band of rows that has some. */
function bands({ width, height, data }: Ink): [number, number][] {
  const found: [number, number][] = [];
  let inside = false;
  for (let row = 0; row < height; row++) {
    const inked = data.subarray(row * width, (row + 1) * width)
      .some((value) => value > 0.5);
    if (inked && !inside) found.push([row, row]);
    if (inked) found.at(-1)![1] = row;
    inside = inked;
  }
  return found;
}

Deno.test("writeRows() sets rows of the given height and pitch in the middle", () => {
  const rows = bands(writeRows(TEXT, DIGITS, createRandom(3)));
  assertEquals(rows.length, 2);
  // Base lines at 120 and 220: half of 300 + 40 - 100, and 100 below. Digits
  // vary by 8 % in size and a twentieth of their height in place.
  rows.forEach(([top, bottom], index) => {
    const baseline = 120 + 100 * index;
    assert(Math.abs(bottom + 1 - baseline) <= 4, `bottom is ${bottom}`);
    assert(Math.abs(top - (baseline - 40)) <= 8, `top is ${top}`);
  });
});

Deno.test("writeRows() lets rows fall with the tilt", () => {
  const long = { ...TEXT, rows: ["1        1"], tilt: 0.2 };
  const { width, height, data } = writeRows(long, DIGITS, createRandom(3));
  const lowest = (from: number, to: number) => {
    let last = 0;
    for (let i = 0; i < data.length; i++) {
      const x = i % width;
      if (x >= from && x < to && data[i]! > 0.5) last = Math.floor(i / width);
    }
    return last;
  };
  const fall = lowest(width / 2, width) - lowest(0, width / 2);
  assert(fall > 20 && fall < height / 2, `falls by ${fall}`);
});

Deno.test("writeRows() writes the same with the same seed only", () => {
  const first = writeRows(TEXT, DIGITS, createRandom(3));
  assertEquals(writeRows(TEXT, DIGITS, createRandom(3)), first);
  assertNotEquals(writeRows(TEXT, DIGITS, createRandom(4)), first);
});

Deno.test("writeRows() leaves an empty page empty", () => {
  const { data } = writeRows({ ...TEXT, rows: [] }, DIGITS, createRandom(3));
  assert(data.every((value) => value === 0));
});

Deno.test("writeRows() says which digit it lacks", () => {
  assertThrows(
    () => writeRows({ ...TEXT, rows: ["12"] }, DIGITS, createRandom(3)),
    RangeError,
    "Cannot write 2 as there must be a drawing of it: current digits are 0,1",
  );
});
