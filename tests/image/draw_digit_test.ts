import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawDigit, findComponents, type GrayImage } from "@lib/image/mod.ts";
import { drawn, fillBox, uniform } from "./drawn_image.ts";

type Box = readonly [x: number, y: number, width: number, height: number];

/** Draws boxes of full ink and then the component that they make. */
function draw(width: number, height: number, boxes: Box[], ink = 200) {
  const image = uniform(width, height, 0);
  for (const box of boxes) fillBox(image, box, ink);
  const [component, ...others] = findComponents(image);
  assertEquals(others, []);
  return drawDigit(image, component!);
}

/** First and last column and row that are not 0. */
function extent({ width, data }: GrayImage) {
  const set = [...data.keys()].filter((i) => data[i]! > 0);
  const xs = set.map((i) => i % width);
  const ys = set.map((i) => Math.floor(i / width));
  return {
    x: [Math.min(...xs), Math.max(...xs)],
    y: [Math.min(...ys), Math.max(...ys)],
  };
}

/** In pixels from the upper left corner. */
function centroid({ width, data }: GrayImage): [x: number, y: number] {
  let mass = 0;
  let x = 0;
  let y = 0;
  data.forEach((value, i) => {
    mass += value;
    x += value * (i % width + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  });
  return [x / mass, y / mass];
}

Deno.test("drawDigit() makes the longer side 20 px and keeps the aspect", () => {
  const high = draw(300, 500, [[60, 40, 100, 398]]);
  assertEquals([high.width, high.height], [28, 28]);
  assertEquals(extent(high), { x: [12, 16], y: [4, 23] });
  const wide = draw(500, 300, [[40, 60, 398, 100]]);
  assertEquals(extent(wide), { x: [4, 23], y: [12, 16] });
});

Deno.test("drawDigit() puts the center of mass in the middle", () => {
  // An L: most of its ink is low and on the left.
  const letter = draw(200, 200, [[20, 20, 20, 120], [20, 120, 70, 20]]);
  const [x, y] = centroid(letter);
  assertAlmostEquals(x, 14, 0.5);
  assertAlmostEquals(y, 14, 0.5);
  const { x: columns } = extent(letter);
  assert(28 - columns[1]! < columns[0]!, `columns ${columns}`);
});

Deno.test("drawDigit() makes full ink of faint ink, and edges gray", () => {
  const faint = draw(100, 100, [[20, 20, 9, 50]], 40);
  const dark = draw(100, 100, [[20, 20, 9, 50]], 250);
  assertEquals(faint, dark);
  assertEquals(Math.max(...dark.data), 255);
  assert(dark.data.some((value) => value > 20 && value < 235));
});

Deno.test("drawDigit() draws a thin pen as thick as a tenth of the digit", () => {
  const ring = (pen: number) =>
    draw(240, 240, [
      [20, 20, 150, pen],
      [20, 20, pen, 200],
      [170 - pen, 20, pen, 200],
      [20, 220 - pen, 150, pen],
    ]);
  // Across the left side: the ink in its middle row, in pixels.
  const width = ({ data }: GrayImage) =>
    data.subarray(14 * 28, 14 * 28 + 14).reduce((sum, v) => sum + v) / 255;
  assertAlmostEquals(width(ring(3)), 2, 0.35);
  assertAlmostEquals(width(ring(40)), 4, 0.35);
  assertEquals(extent(ring(3)).y, [4, 23]);
});

Deno.test("drawDigit() leaves out what lies beside the component", () => {
  const image = drawn([
    "....................",
    ".########...........",
    ".#......#...........",
    ".#..##..#...........",
    ".#......#...........",
    ".########...........",
    "....................",
  ], 255);
  const ring = findComponents(image)[0]!;
  const { data } = drawDigit(image, ring);
  assertEquals(data[14 * 28 + 14], 0);
});

Deno.test("drawDigit() draws a single pixel and a digit on the border", () => {
  const dot = draw(1, 1, [[0, 0, 1, 1]]);
  assert(dot.data[14 * 28 + 14]! > 200);
  const corner = draw(40, 60, [[0, 0, 30, 60]]);
  assertEquals(extent(corner).y, [4, 23]);
});

Deno.test("drawDigit() shows faintly, and in place, what a cut took away", () => {
  // A T that lies on its side: the bar is 60 px high, and the stem that was
  // cut off it leaves its middle to the right.
  const image = uniform(100, 100, 0);
  fillBox(image, [20, 20, 12, 60], 200);
  const [bar] = findComponents(image);
  const stem = uniform(100, 100, 0);
  fillBox(stem, [32, 44, 30, 12], 200);
  const [rest] = findComponents(stem);
  fillBox(image, [32, 44, 30, 12], 200);
  const { data } = drawDigit(image, bar!, [rest!]);
  const row = [...data.subarray(14 * 28, 15 * 28)];
  // The bar is 4 px wide, about the middle; the stem is 10 px long.
  assertEquals(row[14], 255);
  assertAlmostEquals(row[20]!, 0.4 * 255, 2);
  assertEquals([row[8], row[27]], [0, 0]);
  assertEquals([data[8 * 28 + 20], data[20 * 28 + 20]], [0, 0]);
  const alone = drawDigit(image, bar!).data;
  const own = alone.map((value) => value > 128 ? value : 0);
  assertEquals(data.map((value) => value > 128 ? value : 0), own);
});
