import { assertEquals } from "@std/assert";
import { otsu } from "@lib/image/mod.ts";

Deno.test("otsu() parts two groups of values between them", () => {
  assertEquals(otsu([4, 8, 4, 0, 0, 0, 0, 3, 6, 3]), 5);
});

// By hand: values 0, 1, 5 occur 4, 2, 1 times, mean 1.
// {0} {1, 5}: 4 · 3 · (7/3 − 0)² = 65.3; {0, 1} {5}: 6 · 1 · (5 − 1/3)² = 130.7
Deno.test("otsu() takes the greatest variance between the classes", () => {
  assertEquals(otsu([4, 2, 0, 0, 0, 1]), 4);
});

Deno.test("otsu() of fewer than two values is 0", () => {
  assertEquals(otsu([]), 0);
  assertEquals(otsu([0, 0, 5, 0]), 0);
});
