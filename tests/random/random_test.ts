import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";

const draw = (seed: number, purpose?: string) => {
  const random = createRandom(seed, purpose);
  return Array.from({ length: 8 }, () => random.uint32());
};

Deno.test("createRandom() gives the same numbers for the same seed and purpose", () => {
  assertEquals(draw(7, "split"), draw(7, "split"));
});

Deno.test("createRandom() gives other numbers for another seed or purpose", () => {
  assertNotEquals(draw(7), draw(8));
  assertNotEquals(draw(7, "split"), draw(7, "shuffle"));
});

Deno.test("createRandom() is uniform in [0, 1): mean and tenths", () => {
  const random = createRandom(1);
  const tenths = new Array(10).fill(0);
  let sum = 0;
  for (let i = 0; i < 100_000; i++) {
    const value = random.next();
    assert(value >= 0 && value < 1);
    tenths[Math.floor(value * 10)]++;
    sum += value;
  }
  // 5 standard deviations: 0.2887 / √100,000 for the mean, 95 for a tenth.
  assert(Math.abs(sum / 100_000 - 0.5) < 0.0046);
  for (const count of tenths) assert(Math.abs(count - 10_000) < 475);
});

Deno.test("createRandom() rejects a seed that is no 32-bit integer", () => {
  for (const seed of [-1, 1.5, NaN, 2 ** 32]) {
    assertThrows(
      () => createRandom(seed),
      RangeError,
      `Cannot seed a generator as the seed must be an integer from 0 to 4294967295: current seed is ${seed}`,
    );
  }
});

Deno.test("createRandom() fills arrays with the numbers that it would give one by one", () => {
  const random = createRandom(7);
  const again = createRandom(7);
  for (const length of [3, 0, 5]) {
    const values = new Uint32Array(length);
    random.fill(values);
    assertEquals([...values], Array.from({ length }, () => again.uint32()));
    assertEquals(random.uint32(), again.uint32());
  }
});
