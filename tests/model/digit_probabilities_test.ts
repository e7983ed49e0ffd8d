import {
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
} from "@std/assert";
import { digitProbabilities, NO_DIGIT } from "@lib/model/mod.ts";

Deno.test("digitProbabilities() leaves what has ten classes as it is", () => {
  const ten = new Float32Array(20).fill(0.1);
  assertStrictEquals(digitProbabilities(ten, 2), ten);
  const none = new Float32Array(0);
  assertStrictEquals(digitProbabilities(none, 0), none);
});

Deno.test("digitProbabilities() shares out what was given to no digit", () => {
  const two = new Float32Array(22);
  two.set([0.2, 0.6], 0);
  two.set([0.1], 11 + 9);
  two[NO_DIGIT] = 0.2;
  two[11 + NO_DIGIT] = 0.9;
  const digits = digitProbabilities(two, 2);
  assertEquals(digits.length, 20);
  for (const [i, value] of digits.entries()) {
    const expected = { 0: 0.25, 1: 0.75, 19: 1 }[i] ?? 0;
    // A quotient of float32 numbers.
    assertAlmostEquals(value, expected, 1e-6, `value ${i}`);
  }
});

Deno.test("digitProbabilities() calls all alike where none is left", () => {
  const certain = new Float32Array(11);
  certain[NO_DIGIT] = 1;
  assertEquals(digitProbabilities(certain, 1), new Float32Array(10).fill(0.1));
});
