import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { type StringHand, writeString } from "@lib/synth/mod.ts";

/** A ring for 0, a bar for 1, and a bar that leans for 7. */
const DIGITS = {
  labels: Uint8Array.of(0, 1, 7),
  images: Uint8Array.from({ length: 3 * 784 }, (_, i) => {
    const x = i % 28 - 13.5;
    const y = Math.floor(i / 28) % 28 - 13.5;
    const radius = Math.hypot(x, y);
    const isInk = [
      radius < 10 && radius > 6.5,
      Math.abs(x) < 2 && Math.abs(y) < 10,
      Math.abs(x + y / 2) < 2 && Math.abs(y) < 10,
    ][Math.floor(i / 784)];
    return isInk ? 255 : 0;
  }),
};

const HAND: StringHand = {
  length: 6,
  digitHeight: 60,
  penWidth: 6,
  slant: 0.1,
  tilt: 0.02,
  gap: 8,
  touching: false,
};

const write = (hand: Partial<StringHand>, seed: number) =>
  writeString(DIGITS, { ...HAND, ...hand }, createRandom(seed));

/** How many pieces the ink is in. */
function pieces({ ink }: ReturnType<typeof writeString>): number {
  const data = Uint8Array.from(ink.data, (covered) => covered > 0.5 ? 1 : 0);
  return findComponents({ ...ink, data }).length;
}

Deno.test("writeString() keeps digits apart", () => {
  for (let seed = 0; seed < 8; seed++) {
    const written = write({}, seed);
    assertEquals(written.joints, [false, false, false, false, false]);
    assertEquals([pieces(written), written.text.length], [6, 6]);
  }
});

Deno.test("writeString() makes one piece of digits that touch", () => {
  for (let seed = 0; seed < 8; seed++) {
    const written = write({ touching: true }, seed);
    const joined = written.joints.filter((joint) => joint).length;
    assert(joined >= 1, `no joint in ${written.text} of seed ${seed}`);
    assertEquals(pieces(written), 6 - joined, `${written.text}, seed ${seed}`);
    const pair = write({ touching: true, length: 2 }, seed);
    assertEquals([pieces(pair), pair.joints], [1, [true]]);
  }
});

Deno.test("writeString() cuts the ink to its edges and knows its base line", () => {
  const { ink, baseline } = write({ length: 1, tilt: 0 }, 1);
  const { width, height, data } = ink;
  // A pixel of paper around, or of an edge that is less than half covered.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isRim = x === 0 || y === 0 || x === width - 1 || y === height - 1;
      if (isRim) assert(data[y * width + x]! <= 0.5, `ink at ${x}, ${y}`);
    }
  }
  assertEquals(baseline, height - 2);
  assert(height > 50 && height < 70, `${height} pixels for a digit of 60`);
});

Deno.test("writeString() writes the same with the same seed only", () => {
  assertEquals(write({}, 3), write({}, 3));
  assertNotEquals(write({}, 3), write({}, 4));
});

Deno.test("writeString() says where each digit's own ink lies", () => {
  for (const hand of [{}, { touching: true }, { ownEdge: 0.4 }]) {
    const { ink, digits } = write(hand, 5);
    const all = new Float32Array(ink.data.length);
    for (const { ink: own, x, y } of digits) {
      own.data.forEach((covered, i) => {
        if (covered === 0) return;
        const at = (y + Math.floor(i / own.width)) * ink.width +
          x + i % own.width;
        all[at] = Math.max(all[at]!, covered);
      });
    }
    assertEquals(digits.length, 6);
    assertEquals(all, ink.data);
  }
});

Deno.test("writeString() keeps MNIST's own pen where it is told to", () => {
  const inkOf = (hand: Partial<StringHand>) =>
    write({ length: 1, ...hand }, 1).ink.data.reduce((sum, own) => sum + own);
  assertEquals(
    inkOf({ ownEdge: 0.3, penWidth: 3 }),
    inkOf({ ownEdge: 0.3, penWidth: 12 }),
  );
  assert(inkOf({ ownEdge: 0.2 }) > inkOf({ ownEdge: 0.6 }));
});

Deno.test("writeString() leaves out digits that have no ink", () => {
  const empty = { labels: Uint8Array.of(3), images: new Uint8Array(784) };
  const hand = { ...HAND, ownEdge: 0.4 };
  const { text, ink, digits } = writeString(empty, hand, createRandom(1));
  assertEquals([text, ink.width, digits], ["", 0, []]);
});
