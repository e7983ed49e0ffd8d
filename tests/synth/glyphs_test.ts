import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import {
  LETTER_NAMES,
  letterStrokes,
  type Stroke,
  STYLED_DIGITS,
  styledDigitStrokes,
} from "@lib/synth/mod.ts";

/** Degrees that a segment is off the horizontal, 0 to 90. */
function steepness(stroke: Stroke, from: number): number {
  const [ax, ay] = stroke[from]!;
  const [bx, by] = stroke[from + 1]!;
  return Math.atan2(Math.abs(by - ay), Math.abs(bx - ax)) * 180 / Math.PI;
}

Deno.test("letterStrokes() leaves out the letters that look like digits", () => {
  for (
    const name of ["O", "o", "I", "l", "S", "s", "Z", "z", "B", "b", "q", "g"]
  ) {
    assert(!LETTER_NAMES.includes(name), `There is a letter ${name}`);
  }
});

Deno.test("letterStrokes() draws each letter about its box", async (t) => {
  const random = createRandom(7);
  for (const name of LETTER_NAMES) {
    await t.step(name, () => {
      const strokes = letterStrokes(name, [40, 80], random);
      for (const [x, y] of strokes.flat()) {
        // A curve's corners may lie 0.2 outside, and all wobble by 0.06.
        assert(x >= -0.26 * 40 && x <= 1.26 * 40, `x is ${x}`);
        assert(y >= -0.26 * 80 && y <= 1.26 * 80, `y is ${y}`);
      }
      const points = strokes.flat().length;
      assert(points >= 2, `${points} points`);
    });
  }
});

Deno.test("letterStrokes() and styledDigitStrokes() obey their seed", () => {
  const drawn = (seed: number) => {
    const random = createRandom(seed);
    return [
      letterStrokes("A", [40, 40], random),
      ...STYLED_DIGITS.map((digit) => styledDigitStrokes(digit, 40, random)),
    ];
  };
  assertEquals(drawn(7), drawn(7));
  assertNotEquals(drawn(7), drawn(8));
});

Deno.test("styledDigitStrokes() draws digits of the height that was asked for", () => {
  const random = createRandom(7);
  for (const digit of STYLED_DIGITS) {
    for (let i = 0; i < 50; i++) {
      const ys = styledDigitStrokes(digit, 100, random).flat().map(([, y]) =>
        y
      );
      const height = Math.max(...ys) - Math.min(...ys);
      assert(height > 85 && height < 115, `${digit} is ${height} high`);
    }
  }
});

// Where the two are told apart: people see a 1 from about 20 degrees on.
Deno.test("styledDigitStrokes() raises the upstroke of a 1 and not the top of a 7", () => {
  const random = createRandom(7);
  for (let i = 0; i < 200; i++) {
    const [one] = styledDigitStrokes(1, 100, random);
    const upstroke = steepness(one!, 0);
    assert(upstroke > 20, `a 1 with an upstroke of ${upstroke} degrees`);
    const [flagX, flagY] = one![0]!;
    const [topX, topY] = one![1]!;
    assert(flagX < topX && flagY > topY, "an upstroke from the left below");
    const [seven] = styledDigitStrokes(7, 100, random);
    const top = steepness(seven!, seven!.length - 3);
    assert(top < 20, `a 7 with a top of ${top} degrees`);
  }
});
