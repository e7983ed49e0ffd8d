import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type GrayImage, orientImage } from "@lib/image/mod.ts";
import { readInk } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { ruled, sevenOrNone } from "./ruled.ts";

/** Ink with a 7 at each place, 60 px high; too thick to be cut. */
function sevens(...places: [x: number, y: number][]): GrayImage {
  const ink = uniform(400, 300, 0);
  for (const [x, y] of places) {
    fillBox(ink, [x, y, 44, 34], 255);
    fillBox(ink, [x + 18, y, 26, 60], 255);
  }
  return ink;
}

const ROW = sevens([60, 100], [140, 104], [220, 98]);

/** The EXIF orientation that undoes each turn. */
const UNDOES = { 0: 1, 90: 8, 180: 3, 270: 6 } as const;

Deno.test("readInk() turns what is read clearly better so", async () => {
  for (const turned of [0, 90, 180, 270] as const) {
    const ink = orientImage(ROW, UNDOES[turned]);
    const read = await readInk(ink, ruled(sevenOrNone).classify);
    assertEquals(read.turned, turned);
    assertEquals([read.ink.width, read.ink.height], [400, 300]);
    assertEquals(
      read.rows.map(({ digits }) => digits.map(({ edge }) => edge.digit)),
      [[7, 7, 7]],
    );
    const { candidate } = read.rows[0]!.digits[0]!.edge;
    assertEquals([candidate.component.x, candidate.component.y], [60, 100]);
    assert(read.certainty > 0.85, `${read.certainty}`);
  }
});

Deno.test("readInk() does not try to turn what is read well as it is", async () => {
  const { classify, calls } = ruled(sevenOrNone);
  await readInk(ROW, classify);
  assertEquals(calls.length, 1);
});

Deno.test("readInk() tells by one view which way around is worth reading", async () => {
  const { classify, secondLooks } = ruled(sevenOrNone, 0.999);
  const { turned } = await readInk(orientImage(ROW, UNDOES[180]), classify);
  // All is sure at first sight.
  assertEquals([turned, secondLooks], [180, []]);
});

Deno.test("readInk() leaves what is read as well, or as badly, either way", async () => {
  for (const rule of [() => undefined, () => 8]) {
    const { classify } = ruled(rule, 0.7);
    assertEquals((await readInk(ROW, classify)).turned, 0);
  }
});

Deno.test("readInk() finds nothing where there is no ink", async () => {
  const { classify, calls } = ruled(sevenOrNone);
  const ink = uniform(400, 300, 0);
  const { rows, certainty, turned } = await readInk(ink, classify);
  assertEquals([rows, certainty, turned], [[], 0, 0]);
  assertEquals(calls, []);
});

Deno.test("readInk() tells how much of a row is digits", async () => {
  const qualityOf = async (
    rule: (drawing: Float32Array) => number | undefined,
  ) => (await readInk(ROW, ruled(rule, 0.9999).classify)).rows[0]!.quality;
  const good = await qualityOf(() => 7);
  const bad = await qualityOf(() => undefined);
  assert(good > 0.95, `${good}`);
  assert(bad < 0.1, `${bad}`);
  // The third is upside down: whichever way it is turned, more are wrong.
  const ink = sevens([60, 100], [140, 104]);
  fillBox(ink, [220, 98, 26, 60], 255);
  fillBox(ink, [220, 124, 44, 34], 255);
  const { certainty, rows } = await readInk(
    ink,
    ruled(sevenOrNone, 0.9999).classify,
  );
  assertAlmostEquals(certainty, 2 / 3, 0.05);
  assertEquals(rows[0]!.certainty, certainty);
  // The third counts once.
  assertAlmostEquals(rows[0]!.soundness, 2 / 3, 0.05);
  assertEquals(rows[0]!.digits.length, 2);
});

Deno.test("readInk() believes the second look", async () => {
  const { classify } = ruled((_, oneView) => oneView ? 7 : undefined, 0.98);
  const { rows: [row] } = await readInk(ROW, classify);
  assertEquals(row!.digits, []);
});

Deno.test("readInk() weighs rows by what stands on them", async () => {
  const ink = sevens([60, 40], [140, 44], [220, 38], [60, 180]);
  const { rows, certainty } = await readInk(ink, ruled(() => 7, 0.9).classify);
  assertEquals(rows.map(({ digits }) => digits.length), [3, 1]);
  const sum = 3 * rows[0]!.certainty + rows[1]!.certainty;
  assertAlmostEquals(certainty, sum / 4, 1e-9);
});

Deno.test("readInk() takes paths of the length that is expected", async () => {
  for (const length of [1, 2, 3]) {
    const { classify } = ruled(sevenOrNone);
    const { rows } = await readInk(ROW, classify, length);
    assertEquals(rows[0]!.digits.length, length);
  }
});

Deno.test("readInk() believes a digit by the paths that read it there", async () => {
  const { classify } = ruled(() => 7, 0.95);
  const { rows } = await readInk(ROW, classify);
  for (const { confidence, digitness } of rows[0]!.digits) {
    // What the network says, but for the little that dropping it weighs.
    assertAlmostEquals(confidence, 0.95, 0.05);
    assert(digitness >= confidence && digitness <= 1);
  }
});
