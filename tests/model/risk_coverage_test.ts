import { assertEquals } from "@std/assert";
import { riskCoverage } from "@lib/model/mod.ts";
import { row } from "./_rows.ts";

Deno.test("riskCoverage() rejects the least sure first", () => {
  const probabilities = Float32Array.from([
    ...row({ 3: 0.75, 8: 0.25 }),
    ...row({ 5: 0.625, 6: 0.375 }),
    ...row({ 1: 1 }),
    ...row({ 0: 0.875, 9: 0.125 }),
  ]);
  const labels = Uint8Array.of(8, 5, 1, 0);
  assertEquals(riskCoverage(probabilities, labels), [
    { confidence: 0.625, rejected: 0, error: 1 / 4 },
    { confidence: 0.75, rejected: 1 / 4, error: 1 / 3 },
    { confidence: 0.875, rejected: 2 / 4, error: 0 },
    { confidence: 1, rejected: 3 / 4, error: 0 },
  ]);
});

Deno.test("riskCoverage() never parts digits of the same confidence", () => {
  const probabilities = Float32Array.from([
    ...row({ 3: 1 }),
    ...row({ 5: 0.75, 6: 0.25 }),
    ...row({ 1: 1 }),
    ...row({ 0: 0.75, 9: 0.25 }),
  ]);
  const labels = Uint8Array.of(8, 5, 1, 9);
  assertEquals(riskCoverage(probabilities, labels), [
    { confidence: 0.75, rejected: 0, error: 2 / 4 },
    { confidence: 1, rejected: 2 / 4, error: 1 / 2 },
  ]);
});
