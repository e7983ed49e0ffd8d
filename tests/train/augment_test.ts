import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
} from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import { augment } from "@lib/train/mod.ts";

/** A square of ink, 10×10, in the middle of 28×28. */
function square(): Float32Array {
  return Float32Array.from({ length: 784 }, (_, i) => {
    const x = i % 28;
    const y = Math.floor(i / 28);
    return x >= 9 && x < 19 && y >= 9 && y < 19 ? 1 : 0;
  });
}

/** Ink, and where its mass lies, in pixels. */
function mass(image: Float32Array): { ink: number; x: number; y: number } {
  let [ink, x, y] = [0, 0, 0];
  for (const [i, value] of image.entries()) {
    ink += value;
    x += value * (i % 28);
    y += value * Math.floor(i / 28);
  }
  return { ink, x: x / ink, y: y / ink };
}

Deno.test("augment() gives every image another change, within its limits", () => {
  const random = createRandom(7);
  const seen = new Set<string>();
  for (let i = 0; i < 100; i++) {
    const images = square();
    augment(images, 1, random);
    for (const value of images) assert(value >= 0 && value <= 1.000001);
    const { ink, x, y } = mass(images);
    // Scaling by 0.88…1.12 on both axes: 0.77…1.25 of 100 pixels.
    assert(ink > 76 && ink < 127, `${ink}`);
    // The middle, 13.5, moves by no more than 2.2 pixels and rounding.
    assert(Math.abs(x - 13.5) < 2.3 && Math.abs(y - 13.5) < 2.3, `${x}, ${y}`);
    seen.add(`${ink} ${x} ${y}`);
  }
  assertEquals(seen.size, 100);
});

Deno.test("augment() is centered: no shift on average", () => {
  const random = createRandom(7);
  let [sumX, sumY] = [0, 0];
  for (let i = 0; i < 1000; i++) {
    const image = square();
    augment(image, 1, random);
    const { x, y } = mass(image);
    sumX += x;
    sumY += y;
  }
  // A uniform shift of ±2.2 has a deviation of 1.27: 5 of them over √1000.
  assertAlmostEquals(sumX / 1000, 13.5, 0.2);
  assertAlmostEquals(sumY / 1000, 13.5, 0.2);
});

Deno.test("augment() obeys its seed", () => {
  const changed = (seed: number, bend: number) => {
    const image = square();
    augment(image, 1, createRandom(seed), bend);
    return image;
  };
  for (const bend of [0, 1]) {
    assertEquals(changed(7, bend), changed(7, bend));
    assertNotEquals(changed(7, bend), changed(8, bend));
  }
  assertNotEquals(changed(7, 0), changed(7, 1));
});

Deno.test("augment() of strength 0 bends an image and leaves its place", () => {
  const random = createRandom(7);
  for (let i = 0; i < 100; i++) {
    const image = square();
    augment(image, 0, random);
    assertEquals(image, square());
    augment(image, 0, random, 1);
    assertNotEquals(image, square());
    const { ink, x, y } = mass(image);
    // No point moves by more than 1.5 pixels: 100 become 49…169.
    assert(ink > 49 && ink < 169, `${ink}`);
    assert(Math.abs(x - 13.5) < 1.5 && Math.abs(y - 13.5) < 1.5, `${x}, ${y}`);
  }
});
