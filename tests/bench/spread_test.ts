import { assertEquals } from "@std/assert";
import { spread } from "@lib/bench/mod.ts";

Deno.test("spread() takes the middle value, or the mean of both", () => {
  assertEquals(spread([3, 1, 20]), { median: 3, min: 1, max: 20 });
  assertEquals(spread([20, 1, 3, 4]), { median: 3.5, min: 1, max: 20 });
  assertEquals(spread([5]), { median: 5, min: 5, max: 5 });
});

Deno.test("spread() leaves the values in their order", () => {
  const values = [3, 1, 2];
  spread(values);
  assertEquals(values, [3, 1, 2]);
});
