import { assertEquals } from "@std/assert";
import { forwardProducts } from "@lib/kernels/mod.ts";
import { convCase } from "./_parity.ts";

// Nine tiles of 36 products, or 7·6 pixels of 3·2 products.
Deno.test("forwardProducts() counts those of the way that a case takes", () => {
  const winograd = convCase([2, 13, 13, 32], [3, 3, 32, 64], [1, 1], "valid");
  assertEquals(forwardProducts(winograd.info), 2 * 9 * 36 * 32 * 64);
  const direct = convCase([3, 9, 7, 1], [3, 2, 1, 5], [1, 1], "valid");
  assertEquals(forwardProducts(direct.info), 3 * 7 * 6 * 3 * 2 * 1 * 5);
});
