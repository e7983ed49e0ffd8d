/**
 * Slightly turned, scaled, slanted and shifted copies of digits, as other
 * hands would have written them.
 *
 * @module
 */

import type { Random } from "../random/mod.ts";

const SIZE = 28;
const PIXELS = SIZE * SIZE;
const CENTER = (SIZE - 1) / 2;
/** With a pixel of paper on each side. */
const FRAME = SIZE + 2;

/** Greatest changes at full strength, drawn uniformly from both sides of none. */
const ROTATION = 12 * Math.PI / 180; // radians
const SCALE = 0.12; // share of the size
const SHEAR = 0.2; // pixels sideways for each pixel down
const SHIFT = 2.2; // pixels

/**
 * Replaces an image by a random affine image of itself, bilinear, with paper
 * (0) outside.
 *
 * @param image [28, 28, 1], ink high; changed in place.
 * @param strength Share of the greatest changes, 0…1.
 * @param bend How far its points move besides, in pixels: a smooth random field
 *   as in Simard, Steinkraus and Platt, "Best Practices for Convolutional
 *   Neural Networks", ICDAR 2003, section 2, from a coarse grid.
 */
export function augment(
  image: Float32Array,
  strength: number,
  random: Random,
  bend = 0,
): void {
  const framed = new Float32Array(FRAME * FRAME);
  for (let y = 0; y < SIZE; y++) {
    const row = image.subarray(y * SIZE, (y + 1) * SIZE);
    framed.set(row, (y + 1) * FRAME + 1);
  }
  const within = (limit: number) => (2 * random.next() - 1) * limit * strength;
  const angle = within(ROTATION);
  const scaleX = 1 + within(SCALE);
  const scaleY = 1 + within(SCALE);
  const shear = within(SHEAR);
  const shiftX = within(SHIFT);
  const shiftY = within(SHIFT);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const field = bend > 0 ? bendField(bend, random) : undefined;
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      // Backwards, from where the ink goes to where it comes from.
      const dx = x - CENTER - shiftX;
      const dy = y - CENTER - shiftY;
      const turnedX = cos * dx + sin * dy;
      const turnedY = cos * dy - sin * dx;
      const at = y * SIZE + x;
      image[at] = bilinear(
        framed,
        (turnedX + shear * turnedY) / scaleX + CENTER + (field?.x[at] ?? 0),
        turnedY / scaleY + CENTER + (field?.y[at] ?? 0),
      );
    }
  }
}

/** Points of the grid along a side of the image. */
const GRID = 5;

/** Displacements, random at the grid's points and bilinear between them. */
function bendField(bend: number, random: Random) {
  return { x: bendAlong(bend, random), y: bendAlong(bend, random) };
}

function bendAlong(bend: number, random: Random): Float32Array {
  const points = Float32Array.from(
    { length: GRID * GRID },
    () => bend * (random.next() + random.next() - 1) * 1.5,
  );
  const field = new Float32Array(PIXELS);
  for (let y = 0; y < SIZE; y++) {
    const top = Math.floor(y * (GRID - 1) / SIZE);
    const below = y * (GRID - 1) / SIZE - top;
    for (let x = 0; x < SIZE; x++) {
      const left = Math.floor(x * (GRID - 1) / SIZE);
      const right = x * (GRID - 1) / SIZE - left;
      const at = top * GRID + left;
      field[y * SIZE + x] = (1 - below) *
          ((1 - right) * points[at]! + right * points[at + 1]!) +
        below *
          ((1 - right) * points[at + GRID]! + right * points[at + GRID + 1]!);
    }
  }
  return field;
}

/** The framed image at a point of the image within it. */
function bilinear(framed: Float32Array, x: number, y: number): number {
  if (!(x > -1 && y > -1 && x < SIZE && y < SIZE)) return 0;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const below = y - top;
  const at = (top + 1) * FRAME + left + 1;
  return (1 - below) *
      ((1 - right) * framed[at]! + right * framed[at + 1]!) +
    below *
      ((1 - right) * framed[at + FRAME]! + right * framed[at + FRAME + 1]!);
}
