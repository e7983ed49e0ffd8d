import { assertEquals } from "@std/assert";
import { createRandom, permutation } from "@lib/random/mod.ts";

Deno.test("permutation() holds every index once and reaches every order", () => {
  const random = createRandom(3);
  const orders = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const order = permutation(3, random);
    assertEquals([...order].sort(), [0, 1, 2]);
    orders.add(order.join());
  }
  assertEquals(orders.size, 6);
});

Deno.test("permutation() of nothing is empty", () => {
  assertEquals(permutation(0, createRandom(0)).length, 0);
});
