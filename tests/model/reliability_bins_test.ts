import { assertAlmostEquals, assertEquals } from "@std/assert";
import { reliabilityBins } from "@lib/model/mod.ts";
import { row } from "./_rows.ts";

Deno.test("reliabilityBins() averages confidence and accuracy in each bin", () => {
  const probabilities = Float32Array.from([
    ...row({ 3: 0.875, 8: 0.125 }),
    ...row({ 5: 0.75, 6: 0.25 }),
    ...row({ 1: 0.375, 2: 0.3125, 3: 0.3125 }),
    ...row({ 0: 0.625, 9: 0.375 }),
  ]);
  const labels = Uint8Array.of(3, 6, 1, 0);
  assertEquals(reliabilityBins(probabilities, labels, 2), [
    { from: 0, to: 0.5, count: 1, confidence: 0.375, accuracy: 1 },
    { from: 0.5, to: 1, count: 3, confidence: 0.75, accuracy: 2 / 3 },
  ]);
});

Deno.test("reliabilityBins() counts a limit to the bin below", () => {
  const probabilities = Float32Array.from([
    ...row({ 3: 0.5, 8: 0.25, 7: 0.25 }),
    ...row({ 3: 1 }),
  ]);
  const bins = reliabilityBins(probabilities, Uint8Array.of(3, 3), 4);
  assertEquals(bins.map(({ count }) => count), [0, 1, 0, 1]);
});

Deno.test("reliabilityBins() takes what rounding put beyond 1 for 1", () => {
  const probabilities = Float32Array.from(row({ 3: 1 + 2 ** -23 }));
  const last = reliabilityBins(probabilities, Uint8Array.of(3)).at(-1)!;
  assertEquals([last.count, last.confidence], [1, 1]);
});

Deno.test("reliabilityBins() has 15 bins that leave no gap", () => {
  const bins = reliabilityBins(new Float32Array(0), new Uint8Array(0));
  assertEquals(bins.length, 15);
  assertEquals([bins[0]!.from, bins[14]!.to], [0, 1]);
  for (const [index, { from }] of bins.slice(1).entries()) {
    assertAlmostEquals(from, bins[index]!.to);
  }
});

Deno.test("reliabilityBins() tells a network that has diverged by NaN", () => {
  const probabilities = new Float32Array(10).fill(NaN);
  const [first] = reliabilityBins(probabilities, Uint8Array.of(3));
  assertEquals([first!.count, first!.confidence], [1, NaN]);
});
