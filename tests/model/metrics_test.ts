import { assertAlmostEquals, assertEquals } from "@std/assert";
import { computeMetrics } from "@lib/model/mod.ts";
import { row } from "./_rows.ts";

// By hand: 2 of 3 right; loss = -(ln 0.5 + ln 0.25 + ln 1) / 3 = 0.6931;
// alone in their bins, they are 0.5, 0.75 and 0 from what came of them.
Deno.test("computeMetrics() counts, averages and sorts by label", () => {
  const probabilities = Float32Array.from([
    ...row({ 3: 0.5, 8: 0.4, 1: 0.1 }),
    ...row({ 5: 0.25, 6: 0.75 }),
    ...row({ 0: 1 }),
  ]);
  const metrics = computeMetrics(probabilities, Uint8Array.of(3, 5, 0));
  assertEquals([metrics.correct, metrics.count], [2, 3]);
  assertAlmostEquals(metrics.accuracy, 2 / 3);
  assertAlmostEquals(metrics.loss, Math.log(8) / 3, 1e-6);
  assertAlmostEquals(metrics.expectedCalibrationError, 1.25 / 3);
  assertEquals(metrics.confusion[5], row({ 6: 1 }));
  assertEquals(metrics.confusion.flat().reduce((a, b) => a + b), 3);
});

Deno.test("computeMetrics() keeps the loss finite where the label has no chance", () => {
  const { loss } = computeMetrics(
    Float32Array.from(row({ 1: 1 })),
    Uint8Array.of(0),
  );
  assertAlmostEquals(loss, -Math.log(1e-7), 1e-6);
});
