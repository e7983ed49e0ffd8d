import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { blur, findRules } from "@lib/image/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { fillBox, uniform } from "./drawn_image.ts";
import { drawLine } from "./ruled_ink.ts";

Deno.test("findRules() finds lines aslant, bent, and thick, to their ends", () => {
  const ink = uniform(300, 400, 0);
  const lines = [
    (row: number) => 40 + row / 8,
    (row: number) => 150 + 10 * (row / 400) ** 2,
    (row: number) => 280 - row / 5,
  ];
  drawLine(ink, lines[0]!, 1, 60);
  drawLine(ink, lines[1]!, 2, 90);
  drawLine(ink, lines[2]!, 3, 90);
  const found = findRules(ink, 0, 20);
  found.sort((a, b) => a.columns[0]! - b.columns[0]!);
  assertEquals(found.map(({ top }) => top), [0, 0, 0]);
  found.forEach(({ columns }, i) => {
    assertEquals(columns.length, 400);
    columns.forEach((column, row) =>
      assertAlmostEquals(column, lines[i]!(row), 1.5, `line ${i}, row ${row}`)
    );
  });
});

Deno.test("findRules() finds a line fainter than the noise, behind strokes", () => {
  const random = createRandom(3);
  const ink = uniform(200, 640, 0);
  drawLine(ink, () => 100, 2, 12);
  ink.data.forEach((value, i) => ink.data[i] = value + 24 * random.next());
  for (let y = 90; y < 500; y += 70) fillBox(ink, [80, y, 40, 25], 200);
  const [rule, ...others] = findRules(blur(ink), 12, 12);
  assertEquals(others, []);
  assert(rule !== undefined && rule.columns.length > 600);
});

Deno.test("findRules() finds a line once, however long strokes hide it", () => {
  const ink = uniform(200, 640, 0);
  drawLine(ink, (row) => 90 + row / 32, 2, 60);
  fillBox(ink, [60, 200, 80, 100], 200);
  fillBox(ink, [70, 530, 80, 100], 200);
  const [rule, ...others] = findRules(ink, 0, 12);
  assertEquals(others, []);
  assertEquals([rule!.top, rule!.columns.length], [0, 640]);
  rule!.columns.forEach((column, row) =>
    assertAlmostEquals(column, 90 + row / 32, 1.5, `row ${row}`)
  );
});

Deno.test("findRules() finds a line near the border, and those of a fan", () => {
  const ink = uniform(300, 160, 0);
  const slopes = [0, -0.15, -0.07, 0.02, 0.11];
  const lines = [2, 60, 120, 180, 240].map((start, i) => (row: number) =>
    start + slopes[i]! * row
  );
  for (const line of lines) drawLine(ink, line, 2, 80);
  const found = findRules(ink, 0, 12);
  found.sort((a, b) => a.columns[0]! - b.columns[0]!);
  assertEquals(found.map(({ columns }) => columns.length), Array(5).fill(160));
  found.forEach(({ columns }, i) =>
    assertAlmostEquals(columns[80]!, lines[i]!(80), 1.5, `line ${i}`)
  );
});

Deno.test("findRules() tells how far a line reaches, also a blurred one", () => {
  const ink = uniform(300, 400, 0);
  drawLine(ink, () => 80, 2, 90);
  const deviation = 4;
  for (let y = 0; y < 400; y++) {
    for (let x = 180; x < 240; x++) {
      const off = (x - 210) / deviation;
      ink.data[y * 300 + x] = 60 * Math.exp(-off * off / 2);
    }
  }
  const found = findRules(ink, 0, 12);
  found.sort((a, b) => a.columns[0]! - b.columns[0]!);
  assertEquals(found.length, 2);
  assert(found[0]!.reach <= 4, `${found[0]!.reach}`);
  // An eighth of its height is left at 2.04 deviations.
  assert(found[1]!.reach >= 2 * deviation, `${found[1]!.reach}`);
});

Deno.test("findRules() finds none in a row of strokes, a bar, or nothing", () => {
  const strokes = uniform(200, 400, 0);
  for (let y = 10; y < 380; y += 40) fillBox(strokes, [100, y, 3, 26], 150);
  assertEquals(findRules(strokes, 0, 20), []);
  const bar = uniform(200, 400, 0);
  fillBox(bar, [80, 20, 30, 360], 150);
  assertEquals(findRules(bar, 0, 20), []);
  assertEquals(findRules(uniform(200, 400, 0), 0, 20), []);
  assertEquals(findRules(uniform(1, 1, 0), 0, 20), []);
});
