import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { temper } from "@lib/model/mod.ts";

// By hand: odds of 16 : 4 : 1 become 4 : 2 : 1 at a temperature of 2.
Deno.test("temper() takes the odds to the power of 1/temperature", () => {
  const sure = Float32Array.of(16 / 21, 4 / 21, 1 / 21);
  const tempered = temper(sure, 3, 2);
  for (const [index, odds] of [4, 2, 1].entries()) {
    assertAlmostEquals(tempered[index]!, odds / 7, 1e-6);
  }
});

Deno.test("temper() treats each row for itself", () => {
  const rows = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.1, 0.9);
  const tempered = temper(rows, 2, 0.5);
  for (const start of [0, 2, 4]) {
    assertEquals(
      tempered.slice(start, start + 2),
      temper(rows.slice(start, start + 2), 2, 0.5),
    );
  }
});

Deno.test("temper() is undone by the inverse, where nothing was rounded to 0", () => {
  const rows = Float32Array.of(0.7, 0.2, 0.1, 1e-6, 1e-3, 0.998999);
  const back = temper(temper(rows, 3, 1.7), 3, 1 / 1.7);
  for (const [index, value] of back.entries()) {
    // Twice rounded to 24 bits, and once raised to the power of 1.7.
    assertAlmostEquals(value / rows[index]!, 1, 1e-6);
  }
});

Deno.test("temper() gives numbers where a probability is 0", () => {
  const tempered = temper(Float32Array.of(1, 0), 2, 10);
  assert(tempered.every(Number.isFinite), `[${tempered}]`);
  // The least float stands for 0: 2^-149 to the power of 1/10.
  assertAlmostEquals(tempered[1]! / tempered[0]!, 2 ** -14.9, 1e-9);
});
