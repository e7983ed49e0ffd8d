import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fitDigit, type GrayImage } from "@lib/image/mod.ts";
import { fillBox, uniform } from "./drawn_image.ts";

/** Rows and columns with ink, from the first to the last. */
function extent({ width, data }: GrayImage) {
  const set = [...data.keys()].filter((i) => data[i]! > 0);
  const xs = set.map((i) => i % width);
  const ys = set.map((i) => Math.floor(i / width));
  return [
    [Math.min(...xs), Math.max(...xs)],
    [Math.min(...ys), Math.max(...ys)],
  ];
}

Deno.test("fitDigit() makes the longer side 20 px and keeps the aspect", () => {
  const high = fitDigit(uniform(20, 80, 255));
  assertEquals([high.width, high.height], [28, 28]);
  assertEquals(extent(high), [[12, 16], [4, 23]]);
  assertEquals(extent(fitDigit(uniform(80, 20, 255))), [[4, 23], [12, 16]]);
  assertEquals(extent(fitDigit(uniform(2, 2, 255))), [[4, 23], [4, 23]]);
});

Deno.test("fitDigit() puts the center of mass in the middle", () => {
  const drawing = uniform(20, 20, 0);
  fillBox(drawing, [0, 0, 20, 8], 255);
  fillBox(drawing, [0, 0, 8, 20], 255);
  const { data } = fitDigit(drawing);
  let [mass, x, y] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    x += value * (i % 28 + 0.5);
    y += value * (Math.floor(i / 28) + 0.5);
  });
  // It moves by whole pixels.
  assertAlmostEquals(x / mass, 14, 0.5);
  assertAlmostEquals(y / mass, 14, 0.5);
});

Deno.test("fitDigit() keeps all ink where its mass lies at one end", () => {
  const drawing = uniform(20, 20, 1);
  fillBox(drawing, [0, 0, 20, 1], 255);
  assertEquals(extent(fitDigit(drawing)), [[4, 23], [8, 27]]);
});

Deno.test("fitDigit() averages over area, so that edges keep their gray", () => {
  const drawing = uniform(40, 40, 0);
  fillBox(drawing, [0, 0, 20, 40], 100);
  fillBox(drawing, [20, 0, 1, 40], 100);
  fillBox(drawing, [39, 0, 1, 40], 100);
  const { data } = fitDigit(drawing);
  const [columns] = extent({ width: 28, height: 28, data });
  const row = [...data.subarray(14 * 28, 15 * 28)];
  assertEquals(row[columns![0]!], 100);
  assertEquals(row[columns![0]! + 10], 50);
  assertEquals(row[columns![1]!], 50);
});
