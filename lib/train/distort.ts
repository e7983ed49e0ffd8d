/**
 * What pens, cameras and cuts do to a digit that is still one.
 *
 * @module
 */

import { IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import type { Random } from "../random/mod.ts";

/**
 * Changes an image by chance: a thicker or thinner pen, blur, contrast, noise, a
 * rest of the neighbor or of a ruled line, a gap where a line was removed.
 *
 * @param image [28, 28] in 0…1, ink high; changed in place.
 * @param neighbor Another image; its edge may come in from a side.
 * @param strength Scales how often each of it happens, 0…1.
 */
export function distort(
  image: Float32Array,
  neighbor: Uint8Array,
  strength: number,
  random: Random,
): void {
  const chance = (share: number) => random.next() < share * strength;
  if (chance(0.15)) intrude(image, neighbor, random);
  if (chance(0.5)) changePen(image, random);
  if (chance(0.08)) drawLine(image, random);
  if (chance(0.08)) eraseBand(image, random);
  if (chance(0.2)) blend(image, 0.3 + 0.7 * random.next(), "mean");
  if (chance(0.4)) sharpen(image, 1 + 2 * random.next());
  if (chance(0.15)) addNoise(image, 0.4 * random.next(), random);
}

/** Columns at one edge take the ink of a neighbor that stands there. */
function intrude(
  image: Float32Array,
  neighbor: Uint8Array,
  random: Random,
): void {
  const columns = 2 + Math.floor(4 * random.next());
  const shift = 16 + Math.floor(6 * random.next());
  const down = Math.floor(7 * random.next()) - 3;
  const isRight = random.next() < 0.5;
  for (let y = 0; y < IMAGE_SIZE; y++) {
    for (let i = 0; i < columns; i++) {
      const x = isRight ? IMAGE_SIZE - 1 - i : i;
      const fromX = isRight ? x - shift : x + shift;
      const fromY = y - down;
      if (fromY < 0 || fromY >= IMAGE_SIZE) continue;
      const at = y * IMAGE_SIZE + x;
      const ink = neighbor[fromY * IMAGE_SIZE + fromX]! / 255;
      image[at] = Math.max(image[at]!, ink);
    }
  }
}

function changePen(image: Float32Array, random: Random): void {
  const isThicker = random.next() < 0.6;
  const amount = random.next() * (isThicker ? 0.9 : 0.6);
  blend(image, amount, isThicker ? "most" : "least");
}

function drawLine(image: Float32Array, random: Random): void {
  const ink = 0.3 + 0.7 * random.next();
  const start = 4 + 20 * random.next();
  const slope = 0.2 * (random.next() - 0.5);
  const isLevel = random.next() < 0.75;
  const half = 0.3 + 0.6 * random.next();
  for (let along = 0; along < IMAGE_SIZE; along++) {
    for (let across = 0; across < IMAGE_SIZE; across++) {
      const distance = Math.abs(across - start - slope * along);
      const value = ink * Math.max(0, Math.min(1, half + 0.5 - distance));
      const at = isLevel
        ? across * IMAGE_SIZE + along
        : along * IMAGE_SIZE + across;
      image[at] = Math.max(image[at]!, value);
    }
  }
}

function eraseBand(image: Float32Array, random: Random): void {
  const row = 5 + Math.floor(18 * random.next());
  const left = 0.5 * random.next();
  const rows = random.next() < 0.7 ? 1 : 2;
  for (let i = 0; i < rows * IMAGE_SIZE; i++) {
    image[row * IMAGE_SIZE + i]! *= left;
  }
}

/** What is made of a pixel and its four neighbors. */
type Made = "most" | "least" | "mean";

/** With a pixel of paper on each side. */
const FRAME = IMAGE_SIZE + 2;

/** Mixes each pixel with what is made of it and its four neighbors. */
function blend(image: Float32Array, amount: number, made: Made): void {
  const framed = new Float32Array(FRAME * FRAME);
  for (let y = 0; y < IMAGE_SIZE; y++) {
    const row = image.subarray(y * IMAGE_SIZE, (y + 1) * IMAGE_SIZE);
    framed.set(row, (y + 1) * FRAME + 1);
  }
  for (let i = 0; i < PIXELS; i++) {
    const at = (Math.floor(i / IMAGE_SIZE) + 1) * FRAME + i % IMAGE_SIZE + 1;
    const own = framed[at]!;
    const left = framed[at - 1]!;
    const right = framed[at + 1]!;
    const above = framed[at - FRAME]!;
    const below = framed[at + FRAME]!;
    const value = made === "mean"
      ? own / 3 + (left + right + above + below) / 6
      : made === "most"
      ? Math.max(own, left, right, above, below)
      : Math.min(own, left, right, above, below);
    image[i] = own + amount * (value - own);
  }
}

function sharpen(image: Float32Array, contrast: number): void {
  for (let i = 0; i < PIXELS; i++) {
    const value = (image[i]! - 0.5) * contrast + 0.5;
    image[i] = Math.max(0, Math.min(1, value));
  }
}

function addNoise(image: Float32Array, amount: number, random: Random): void {
  for (let i = 0; i < PIXELS; i++) {
    const value = image[i]! + amount * (random.next() - 0.5);
    image[i] = Math.max(0, Math.min(1, value));
  }
}
