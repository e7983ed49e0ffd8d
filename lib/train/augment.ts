/**
 * Slightly turned, scaled, slanted and shifted copies of digits, as other
 * hands would have written them.
 *
 * @module
 */

import type { Random } from "../random/mod.ts";

const SIZE = 28;
const CENTER = (SIZE - 1) / 2;

/** Greatest changes, each drawn uniformly from both sides of none. */
const ROTATION = 12 * Math.PI / 180; // radians
const SCALE = 0.12; // share of the size
const SHEAR = 0.2; // pixels sideways for each pixel down
const SHIFT = 2.2; // pixels

/**
 * Replaces each image by a random affine image of itself, bilinear, with paper
 * (0) outside.
 *
 * @param images [count, 28, 28, 1], ink high; changed in place.
 * @param randomOf What an image's changes are drawn from, by its index.
 */
export function augment(
  images: Float32Array,
  randomOf: (index: number) => Random,
): void {
  const pixels = SIZE * SIZE;
  const original = new Float32Array(pixels);
  for (let index = 0; index < images.length / pixels; index++) {
    const image = images.subarray(index * pixels, (index + 1) * pixels);
    original.set(image);
    transform(original, image, randomOf(index));
  }
}

function transform(from: Float32Array, to: Float32Array, random: Random) {
  const within = (limit: number) => (2 * random.next() - 1) * limit;
  const angle = within(ROTATION);
  const scaleX = 1 + within(SCALE);
  const scaleY = 1 + within(SCALE);
  const shear = within(SHEAR);
  const shiftX = within(SHIFT);
  const shiftY = within(SHIFT);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      // Backwards, from where the ink goes to where it comes from.
      const dx = x - CENTER - shiftX;
      const dy = y - CENTER - shiftY;
      const turnedX = cos * dx + sin * dy;
      const turnedY = cos * dy - sin * dx;
      to[y * SIZE + x] = bilinear(
        from,
        (turnedX + shear * turnedY) / scaleX + CENTER,
        turnedY / scaleY + CENTER,
      );
    }
  }
}

function bilinear(image: Float32Array, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const below = y - top;
  return (1 - below) *
      ((1 - right) * pixel(image, left, top) +
        right * pixel(image, left + 1, top)) +
    below *
      ((1 - right) * pixel(image, left, top + 1) +
        right * pixel(image, left + 1, top + 1));
}

function pixel(image: Float32Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= SIZE || y >= SIZE ? 0 : image[y * SIZE + x]!;
}
