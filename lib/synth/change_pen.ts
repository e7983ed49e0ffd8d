/**
 * Writes a digit again with a thinner or thicker pen.
 *
 * On four times as many pixels each way, the distance to the edge of the
 * strokes says what a pen of another width would cover. Strokes grow outward;
 * where they shrink, their middle line keeps the width of the pen, so that none
 * of them breaks.
 *
 * @module
 */

import { IMAGE_SIZE } from "../mnist/mod.ts";
import { distanceTo } from "./_distance.ts";
import { heightAt, heightLine } from "./_heights.ts";

/** Pixels of the result a pixel of the digit. */
const FINER = 4;
const SIDE = FINER * IMAGE_SIZE;
/** The height, 0…1, at which a digit's own stroke ends. */
const EDGE = 0.35;
/** Heights go from 0 to 1 over so many pixels of the result on both sides. */
const RAMP = 4;
/** How far the bumps of a stroke's edge reach. */
const BUMP = 4;
/** Strokes grow by so many at most, or the loops of an 8 would fill. */
const MOST_GROWTH = 1.5;
/** And they shrink by so many, or a blob would become another digit. */
const MOST_SHRINK = 4;

/** For `writeDigit()`: the `fall` of what `changePen()` gives; its edge is 0.5. */
export const PEN_FALL = 0.5 / RAMP;

/**
 * Redraws a digit.
 *
 * @param pixels 28×28, 0 paper to 255 ink; left as they are.
 * @param width Of the stroke that is wanted, in pixels of the 28: 0.5 or more.
 * @returns 112×112, 0 paper to 255 ink, the edge of the stroke at 128.
 *
 * @example A thick dash becomes a thin one
 * ```ts
 * import { changePen } from "./change_pen.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const dash = new Uint8Array(784).fill(255, 12 * 28, 15 * 28); // 3 pixels
 * const thin = changePen(dash, 2);
 * const column = thin.filter((_, i) => i % 112 === 56);
 * assertEquals(column.filter((height) => height > 128).length, 8);
 * ```
 */
export function changePen(pixels: Uint8Array, width: number): Uint8Array {
  const stroke = strokeMask(pixels);
  const outside = distanceTo(stroke, SIDE);
  const inside = distanceTo(stroke.map((value) => 1 - value), SIDE);
  const middle = middleLine(inside);
  const half = FINER * width / 2;
  const shrink = Math.max(
    -MOST_GROWTH,
    Math.min(halfWidth(inside, middle) - half, MOST_SHRINK),
  );
  const away = distanceTo(middle, SIDE);
  const heights = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < heights.length; i++) {
    // Distances run from center to center; the edge lies half a pixel nearer.
    const edge = stroke[i] ? inside[i]! - 0.5 : 0.5 - outside[i]!;
    const kept = shrink > 0
      ? Math.max(edge - shrink, half - 0.5 - away[i]!)
      : edge - shrink;
    heights[i] = Math.max(0, Math.min(255, 128 + 127.5 * kept / RAMP));
  }
  return heights;
}

/** 1 where the surface over the digit is above its edge, else 0. */
function strokeMask(pixels: Uint8Array): Uint8Array {
  const mask = new Uint8Array(SIDE * SIDE);
  const line = new Float64Array(IMAGE_SIZE);
  for (let row = 0; row < SIDE; row++) {
    heightLine(pixels, IMAGE_SIZE, (row + 0.5) / FINER - 0.5, line);
    for (let column = 0; column < SIDE; column++) {
      const height = heightAt(line, (column + 0.5) / FINER - 0.5);
      mask[row * SIDE + column] = height >= EDGE ? 1 : 0;
    }
  }
  return mask;
}

/**
 * 1 where the edge comes nearer both ways, along one of four lines, else 0.
 *
 * Two pixels away, so that the steps of a slanted edge make no middle. Where
 * the stroke is much wider close by, it is a bump of its edge and no middle.
 */
function middleLine(inside: Float64Array): Uint8Array {
  const mask = new Uint8Array(inside.length);
  for (let row = BUMP; row < SIDE - BUMP; row++) {
    for (let column = BUMP; column < SIDE - BUMP; column++) {
      const at = row * SIDE + column;
      const here = inside[at]!;
      const isPeak = (step: number) =>
        here - inside[at - 2 * step]! >= 0.9 &&
        here - inside[at + 2 * step]! >= 0.9;
      if (here === 0) continue;
      if (
        (isPeak(1) || isPeak(SIDE - 1) || isPeak(SIDE) || isPeak(SIDE + 1)) &&
        here >= 0.6 * widest(inside, at)
      ) mask[at] = 1;
    }
  }
  return mask;
}

/** The most that is found close to a point. */
function widest(inside: Float64Array, at: number): number {
  let most = 0;
  for (let row = -BUMP; row <= BUMP; row++) {
    for (let column = -BUMP; column <= BUMP; column++) {
      most = Math.max(most, inside[at + row * SIDE + column]!);
    }
  }
  return most;
}

/** Half of the stroke's width, as it is at most points of its middle. */
function halfWidth(inside: Float64Array, middle: Uint8Array): number {
  const sorted = inside.filter((_, i) => middle[i] === 1).sort();
  return (sorted[sorted.length >> 1] ?? 0.5) - 0.5;
}
