import { assertAlmostEquals, assertEquals } from "@std/assert";
import { expectedCalibrationError } from "@lib/model/mod.ts";
import { row } from "./_rows.ts";

// By hand: three in the bin of 0.8, one of them wrong: |2/3 - 0.8| = 0.1333;
// one in the bin of 0.5, right: 0.5. (3 · 0.1333 + 1 · 0.5) / 4 = 0.225
Deno.test("expectedCalibrationError() weighs each bin by its digits", () => {
  const probabilities = Float32Array.from([
    ...row({ 3: 0.8, 8: 0.2 }),
    ...row({ 3: 0.8, 8: 0.2 }),
    ...row({ 3: 0.8, 8: 0.2 }),
    ...row({ 5: 0.5, 6: 0.3, 7: 0.2 }),
  ]);
  const error = expectedCalibrationError(
    probabilities,
    Uint8Array.of(3, 3, 8, 5),
  );
  assertAlmostEquals(error, 0.225, 1e-6); // 0.8 is no float32.
});

Deno.test("expectedCalibrationError() is 0 where the shares are as said", () => {
  const half = row({ 3: 0.5, 8: 0.25, 7: 0.25 });
  const probabilities = Float32Array.from([...half, ...half]);
  const labels = Uint8Array.of(3, 8);
  assertEquals(expectedCalibrationError(probabilities, labels), 0);
});
