import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import { distort } from "@lib/train/distort.ts";

const PAPER = new Uint8Array(784);
const ALL_INK = new Uint8Array(784).fill(255);

/** An upright bar, 6 px wide. */
function bar(): Float32Array {
  return Float32Array.from(
    { length: 784 },
    (_, i) => Math.abs(i % 28 - 13.5) < 3 ? 1 : 0,
  );
}

function distorted(seed: number, strength = 1): Float32Array {
  const image = bar();
  distort(image, PAPER, strength, createRandom(seed));
  return image;
}

Deno.test("distort() of strength 0 leaves an image as it is", () => {
  for (let seed = 0; seed < 50; seed++) assertEquals(distorted(seed, 0), bar());
});

Deno.test("distort() keeps ink within 0 to 1, and enough of it", () => {
  for (let seed = 0; seed < 500; seed++) {
    const image = distorted(seed);
    assert(image.every((value) => value >= 0 && value <= 1), `seed ${seed}`);
    const ink = image.reduce((sum, value) => sum + value);
    // Of 168 pixels; the thinnest pen keeps 4 of 6 and some of the others.
    assert(ink > 100 && ink < 400, `seed ${seed} has ink ${ink}`);
  }
});

Deno.test("distort() obeys its seed and changes most images", () => {
  assertEquals(distorted(7), distorted(7));
  assertNotEquals(distorted(7), distorted(9));
  let changed = 0;
  for (let seed = 0; seed < 500; seed++) {
    const image = distorted(seed);
    if (image.some((value, i) => value !== bar()[i])) changed++;
  }
  assert(changed > 250, `${changed} of 500`);
});

Deno.test("distort() lets a neighbor in from one side", () => {
  let [left, right] = [0, 0];
  for (let seed = 0; seed < 500; seed++) {
    const image = new Float32Array(784);
    distort(image, ALL_INK, 1, createRandom(seed));
    const column = (x: number) =>
      Array.from({ length: 28 }, (_, y) => image[y * 28 + x]!);
    const hasInk = (x: number) => column(x).some((value) => value > 0.3);
    // Rests of lines and noise are not it.
    if (column(14).some((value) => value > 0)) continue;
    assert(!(hasInk(0) && hasInk(27)), `seed ${seed}`);
    if (hasInk(0)) left++;
    if (hasInk(27)) right++;
  }
  // A share of 0.15, on either side, where nothing else came.
  assert(left > 15 && right > 15, `${left} and ${right} of 500`);
});
