import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { batches, type Digits, PIXELS } from "@lib/mnist/mod.ts";

// Three digits with pixels 0 1 2 …, 100 101 102 …, 200 201 202 …, modulo 256.
const DIGITS: Digits = {
  images: Uint8Array.from(
    { length: 3 * PIXELS },
    (_, i) => 100 * Math.floor(i / PIXELS) + i % PIXELS,
  ),
  labels: Uint8Array.of(4, 0, 9),
};

Deno.test("batches() scales pixels to 0…1 in the given order", () => {
  const [batch] = batches(DIGITS, Uint32Array.of(2, 0), 2);
  assertEquals(batch!.images.length, 2 * PIXELS);
  const pixels = [0, 55, 56, PIXELS, PIXELS + 255]; // of digits 2, 2, 2, 0, 0
  assertEquals(
    pixels.map((i) => batch!.images[i]),
    [200 / 255, 1, 0, 0, 1].map(Math.fround),
  );
});

Deno.test("batches() gives labels as they are and one-hot", () => {
  const [batch] = batches(DIGITS, Uint32Array.of(2, 0), 2);
  assertEquals([...batch!.labels], [9, 4]);
  assertEquals([...batch!.oneHot], [
    ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ...[0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
  ]);
});

Deno.test("batches() leaves the rest to a smaller last batch", () => {
  const order = Uint32Array.of(0, 1, 2, 1, 0);
  const all = [...batches(DIGITS, order, 2)];
  assertEquals(all.map(({ size }) => size), [2, 2, 1]);
  assertEquals(all.map(({ images }) => images.length / PIXELS), [2, 2, 1]);
  assertEquals(all.map(({ labels }) => [...labels]), [[4, 0], [9, 0], [4]]);
});

Deno.test("batches() shares no memory between batches", () => {
  const [first, second] = batches(DIGITS, Uint32Array.of(0, 0), 1);
  first!.images.fill(7);
  assertNotEquals(second!.images[0], 7);
});

Deno.test("batches() of nothing are none", () => {
  assertEquals([...batches(DIGITS, new Uint32Array(0), 2)], []);
});

Deno.test("batches() rejects a batch size that is no positive integer", () => {
  for (const size of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => batches(DIGITS, Uint32Array.of(0), size).next(),
      RangeError,
      `Cannot make batches as the batch size must be a positive integer: current is ${size}`,
    );
  }
});

Deno.test("batches() rejects an index that no digit has", () => {
  assertThrows(
    () => batches(DIGITS, Uint32Array.of(0, 3), 2).next(),
    RangeError,
    "Cannot make a batch as its indices must be below 3: current index is 3",
  );
});
