import { assertEquals } from "@std/assert";
import { noiseLevel } from "@lib/image/mod.ts";

const counts = (entries: Record<number, number>) => {
  const all = new Uint32Array(256);
  for (const value in entries) all[value] = entries[value]!;
  return all;
};

Deno.test("noiseLevel() of clean paper is what a person sees as ink", () => {
  assertEquals(noiseLevel(counts({ 0: 90, 200: 10 })), 12);
});

// Median 20, median distance 5: 20 + 4 · 1.4826 · 5 = 49.7
Deno.test("noiseLevel() lies four deviations above grainy paper", () => {
  const paper = { 10: 10, 15: 20, 20: 20, 25: 20, 30: 10 };
  assertEquals(noiseLevel(counts(paper)), 50);
  assertEquals(noiseLevel(counts({ ...paper, 250: 20 })), 50);
});

Deno.test("noiseLevel() is 256 where all may be noise", () => {
  assertEquals(noiseLevel(counts({ 0: 10, 100: 10, 200: 10 })), 256);
});
