import { assertEquals } from "@std/assert";
import { forwardProducts } from "@lib/kernels/mod.ts";
import { convCase } from "./_parity.ts";

// Nine tiles of 36 products, pooled four of 49, or 7·6 pixels of 3·2.
Deno.test("forwardProducts() counts those of the way that a case takes", () => {
  const winograd = convCase([2, 13, 13, 32], [3, 3, 32, 64], [1, 1], "valid");
  assertEquals(forwardProducts(winograd.info, false), 2 * 9 * 36 * 32 * 64);
  assertEquals(forwardProducts(winograd.info, true), 2 * 4 * 49 * 32 * 64);
  const direct = convCase([3, 9, 7, 1], [3, 2, 1, 5], [1, 1], "valid");
  assertEquals(forwardProducts(direct.info, true), 3 * 7 * 6 * 3 * 2 * 1 * 5);
});
