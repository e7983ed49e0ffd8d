import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { type Digits, holdOut, PIXELS } from "@lib/mnist/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

/** Digits whose pixels all have their index. */
function numbered(labels: number[]): Digits {
  const images = Uint8Array.from(
    { length: labels.length * PIXELS },
    (_, i) => i / PIXELS,
  );
  return { images, labels: Uint8Array.from(labels) };
}

/** The indices of numbered digits, checked to be whole and rightly labeled. */
function indices(digits: Digits, from: Digits): number[] {
  return [...digits.labels].map((label, i) => {
    const image = digits.images.subarray(i * PIXELS, (i + 1) * PIXELS);
    const index = image[0]!;
    assertEquals(image, new Uint8Array(PIXELS).fill(index));
    assertEquals(label, from.labels[index]);
    return index;
  });
}

const count = (digits: Digits, label: number) =>
  digits.labels.filter((other) => other === label).length;

// 100 zeros, 60 threes, 40 nines, mixed.
const DIGITS = numbered(
  Array.from(
    { length: 200 },
    (_, i) => [0, 0, 0, 0, 0, 3, 3, 3, 9, 9][i % 10]!,
  ),
);

Deno.test("holdOut() puts each digit, with its label, into one of two sets", () => {
  const { kept, heldOut } = holdOut(DIGITS, 37, createRandom(7));
  assertEquals([kept.labels.length, heldOut.labels.length], [163, 37]);
  const all = [...indices(kept, DIGITS), ...indices(heldOut, DIGITS)];
  assertEquals(
    all.sort((a, b) => a - b),
    Array.from({ length: 200 }, (_, i) => i),
  );
});

Deno.test("holdOut() takes each class in proportion", () => {
  const { heldOut } = holdOut(DIGITS, 20, createRandom(7));
  assertEquals([0, 3, 9].map((label) => count(heldOut, label)), [10, 6, 4]);
  // 37 of 200: shares are 18.5, 11.1, and 7.4.
  const { heldOut: uneven } = holdOut(DIGITS, 37, createRandom(7));
  [18.5, 11.1, 7.4].forEach((share, i) => {
    const held = count(uneven, [0, 3, 9][i]!);
    assertEquals(Math.abs(held - share) < 1, true, `${held} for ${share}`);
  });
});

Deno.test("holdOut() leaves neither set sorted by class or by index", () => {
  const { kept, heldOut } = holdOut(DIGITS, 50, createRandom(7));
  for (const digits of [kept, heldOut]) {
    assertNotEquals(digits.labels, digits.labels.toSorted());
    const order = indices(digits, DIGITS);
    assertNotEquals(order, order.toSorted((a, b) => a - b));
  }
});

Deno.test("holdOut() gives the same sets for the same seed, others for another", () => {
  const heldOut = (seed: number) =>
    indices(holdOut(DIGITS, 20, createRandom(seed)).heldOut, DIGITS);
  assertEquals(heldOut(7), heldOut(7));
  assertNotEquals(heldOut(7).sort(), heldOut(8).sort());
});

Deno.test("holdOut() can hold out nothing", () => {
  const { kept, heldOut } = holdOut(DIGITS, 0, createRandom(7));
  assertEquals([kept.labels.length, heldOut.labels.length], [200, 0]);
});

Deno.test("holdOut() rejects a number that leaves nothing or is none", () => {
  for (const number of [200, -1, 1.5, NaN]) {
    assertThrows(
      () => holdOut(DIGITS, number, createRandom(7)),
      RangeError,
      `Cannot hold out digits as their number must be an integer from 0 to 199: current is ${number}`,
    );
  }
});
