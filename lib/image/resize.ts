/**
 * Scales a picture without aliasing.
 *
 * Separable: each output pixel is a weighted sum of input pixels along x, then
 * along y. Shrinking averages over the area that an output pixel covers, edges
 * in proportion; enlarging interpolates linearly between pixel centers.
 *
 * @module
 */

import type { GrayImage } from "./gray_image.ts";

/** For each output index the first input index and `taps` weights from it. */
interface Axis {
  taps: number;
  first: Int32Array;
  weights: Float32Array;
}

/**
 * Scales to `width` × `height`, whole pixels, at least 1.
 *
 * @returns A new picture, values rounded.
 *
 * @example Two pixels and a half become one
 * ```ts
 * import { resize } from "./resize.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const row = { width: 5, height: 1, data: Uint8Array.of(0, 0, 100, 50, 50) };
 * assertEquals([...resize(row, 2, 1).data], [20, 60]);
 * ```
 */
export function resize(
  image: GrayImage,
  width: number,
  height: number,
): GrayImage {
  const { data: input, width: inWidth, height: inHeight } = image;
  if (width === inWidth && height === inHeight) {
    return { width, height, data: input.slice() };
  }
  const x = resizeAxis(inWidth, width);
  const y = resizeAxis(inHeight, height);

  // Rows are scaled along x as they are needed: row r lies at r modulo y.taps.
  const rows = new Float32Array(y.taps * width);
  const scaledRow = (row: number) => {
    const from = row % y.taps * width;
    return rows.subarray(from, from + width);
  };
  let scaled = 0;
  const data = new Uint8Array(width * height);
  const sums = new Float32Array(width);
  for (let row = 0; row < height; row++) {
    const first = y.first[row]!;
    scaled = Math.max(scaled, first);
    for (; scaled < first + y.taps; scaled++) {
      const from = scaled * inWidth;
      scaleRow(input.subarray(from, from + inWidth), x, scaledRow(scaled));
    }
    sums.fill(0.5); // rounds, as storing a byte cuts off
    for (let tap = 0; tap < y.taps; tap++) {
      addRow(sums, scaledRow(first + tap), y.weights[row * y.taps + tap]!);
    }
    data.set(sums, row * width);
  }
  return { width, height, data };
}

function scaleRow(
  row: Uint8Array,
  { taps, first, weights }: Axis,
  scaled: Float32Array,
): void {
  for (let column = 0, at = 0; column < scaled.length; column++) {
    const from = first[column]!;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      sum += weights[at++]! * row[from + tap]!;
    }
    scaled[column] = sum;
  }
}

function addRow(sums: Float32Array, row: Float32Array, weight: number): void {
  for (let column = 0; column < sums.length; column++) {
    sums[column]! += weight * row[column]!;
  }
}

function resizeAxis(from: number, to: number): Axis {
  const scale = from / to;
  const taps = Math.min(from, scale > 1 ? Math.ceil(scale) + 1 : 2);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let index = 0; index < to; index++) {
    const start = scale > 1
      ? Math.floor(index * scale)
      : Math.floor((index + 0.5) * scale - 0.5);
    first[index] = Math.max(0, Math.min(start, from - taps));
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const pixel = first[index]! + tap;
      const weight = scale > 1
        ? overlap(pixel, index * scale, (index + 1) * scale)
        : 1 - Math.abs(pixel + 0.5 - (index + 0.5) * scale);
      weights[index * taps + tap] = Math.max(0, weight);
      sum += Math.max(0, weight);
    }
    for (let tap = 0; tap < taps; tap++) weights[index * taps + tap]! /= sum;
  }
  return { taps, first, weights };
}

/** Length of [pixel, pixel + 1] within [start, end]. */
function overlap(pixel: number, start: number, end: number): number {
  return Math.min(pixel + 1, end) - Math.max(pixel, start);
}
