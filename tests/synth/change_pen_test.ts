import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import { changePen } from "@lib/synth/mod.ts";

const SIDE = 112;

const draw = (isInk: (x: number, y: number) => boolean) =>
  Uint8Array.from(
    { length: 784 },
    (_, i) => isInk(i % 28 - 13.5, Math.floor(i / 28) - 13.5) ? 255 : 0,
  );

/** An upright bar of three pixels. */
const BAR = draw((x, y) => Math.abs(x - 0.5) < 1.6 && Math.abs(y) < 10);
/** A ring, thick on the left and thin on the right. */
const RING = draw((x, y) => Math.hypot(x, y) < 10 && Math.hypot(x - 2, y) > 6);
const BLOB = draw((x, y) => Math.hypot(x, y) < 9);

const mask = (heights: Uint8Array) => ({
  width: SIDE,
  height: SIDE,
  data: heights.map((height) => height > 128 ? 1 : 0),
});

/** Pixels of the 28 that ink is wide in the middle row. */
function width(heights: Uint8Array): number {
  const { data } = mask(heights);
  return data.subarray(56 * SIDE, 57 * SIDE).reduce((a, b) => a + b) / 4;
}

Deno.test("changePen() gives a stroke the width that is wanted", () => {
  // To a quarter of a pixel on both sides: four finer pixels make one.
  assertAlmostEquals(width(changePen(BAR, 1.5)), 1.5, 0.5);
  assertAlmostEquals(width(changePen(BAR, 2.5)), 2.5, 0.5);
});

Deno.test("changePen() makes strokes a bit thicker, not any", () => {
  const own = width(changePen(BAR, 3.25));
  const wide = width(changePen(BAR, 20));
  assert(wide > own && wide - own <= 1.25, `grew from ${own} to ${wide}`);
});

Deno.test("changePen() breaks no stroke that varies in width", () => {
  const thin = mask(changePen(RING, 0.8));
  assertEquals(findComponents(thin).length, 1);
  const paper = thin.data.map((value) => 1 - value);
  assertEquals(findComponents({ ...thin, data: paper }).length, 2); // a hole
});

Deno.test("changePen() makes no line of a blob", () => {
  const left = width(changePen(BLOB, 1));
  assert(left > 14, `18 pixels shrink to ${left}`);
});

Deno.test("changePen() leaves an empty digit empty", () => {
  const heights = changePen(new Uint8Array(784), 2);
  assert(heights.every((height) => height < 128));
});
