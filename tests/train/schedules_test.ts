import { assertAlmostEquals, assertEquals } from "@std/assert";
import { SCHEDULES } from "@lib/train/mod.ts";

Deno.test("SCHEDULES.constant() never changes", () => {
  assertEquals([0, 0.5, 1].map(SCHEDULES["constant"]!), [1, 1, 1]);
});

Deno.test("SCHEDULES.cosine() goes from 1 over a half to 0", () => {
  const [start, half, end] = [0, 0.5, 1].map(SCHEDULES["cosine"]!);
  assertAlmostEquals(start!, 1);
  assertAlmostEquals(half!, 0.5);
  assertAlmostEquals(end!, 0);
});
