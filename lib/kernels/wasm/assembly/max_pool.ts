/**
 * Max pooling and its gradient.
 *
 *   y[b, i, j, c] = max over r, s of x[b, i·strideHeight + r − padTop,
 *                                      j·strideWidth + s − padLeft, c]
 *   dx at the place of that maximum += dy[b, i, j, c]
 *
 * x and dx are [batch, inHeight, inWidth, channels], y and dy are [batch,
 * outHeight, outWidth, channels]. Padding takes no part. A maximum starts at
 * -Infinity and gives way to larger values only: ties go to the first in
 * reading order, and a NaN is never a maximum.
 *
 * Nothing is multiplied, so each value should be read and written once: the
 * channels of a pixel, next to each other, are the lanes.
 *
 * Variants, for [16, 26, 26, 32], medians of 41, interleaved, one core of an
 * AMD EPYC (Zen 5):
 * - Maxima, 3×3 by 2: a vector at a time 95 µs; four at a time, which share
 *   the loops over the window, 58 µs (30 GB/s).
 * - Maxima, 2×2 by 2: four vectors at a time 37 µs; the window written out
 *   28 µs (61 GB/s).
 * - Gradient, 2×2 by 2: as any window, which is added to zeros, 153 µs; as
 *   windows side by side, all of whose pixels are written once, 55 µs (57 GB/s).
 * - Gradient, 3×3 by 2: every pixel of a window read, masked and written 307 µs;
 *   only the four of the maxima 200 µs. Zeros for one image at a time, so that
 *   they are still near when the windows come: 1.9 times as fast as for all of
 *   a batch of 128.
 */

import { loadFirst, storeFirst } from "./lanes";
import { FLOAT } from "./simd";

// @ts-ignore: decorator
@inline
function lowest(): v128 {
  return f32x4.splat(-Infinity);
}

/** `best` where x is no larger or is NaN. */
// @ts-ignore: decorator
@inline
function larger(best: v128, x: v128): v128 {
  return f32x4.pmax(best, x);
}

/** Writes the maxima of windows. */
export function maxPool(
  x: usize,
  y: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = <usize> channels * FLOAT;
  const row = <usize> inWidth * pixel;
  for (let b = 0; b < batch; b++, x += <usize> inHeight * row) {
    for (let i = 0; i < outHeight; i++) {
      const top = i * strideHeight - padTop;
      const firstRow = max(0, top);
      const rows = min(inHeight, top + filterHeight) - firstRow;
      for (let j = 0; j < outWidth; j++, y += pixel) {
        const left = j * strideWidth - padLeft;
        const firstColumn = max(0, left);
        const columns = min(inWidth, left + filterWidth) - firstColumn;
        const window = x + <usize> firstRow * row + <usize> firstColumn * pixel;
        if (rows == 2 && columns == 2) maxOfFour(window, y, row, pixel);
        else maxOfWindow(window, y, row, pixel, rows, columns);
      }
    }
  }
}

/** All channels of a full window of 2×2. */
// @ts-ignore: decorator
@inline
function maxOfFour(window: usize, y: usize, row: usize, pixel: usize): void {
  const vectors = pixel & ~15;
  let c: usize = 0;
  for (; c < vectors; c += 16) maxOfFourLanes(window + c, y + c, row, pixel, 4);
  for (; c < pixel; c += FLOAT) {
    maxOfFourLanes(window + c, y + c, row, pixel, 1);
  }
}

// @ts-ignore: decorator
@inline
function maxOfFourLanes(
  window: usize,
  y: usize,
  row: usize,
  pixel: usize,
  lanes: i32,
): void {
  let best = larger(lowest(), loadFirst(window, lanes));
  best = larger(best, loadFirst(window + pixel, lanes));
  best = larger(best, loadFirst(window + row, lanes));
  best = larger(best, loadFirst(window + row + pixel, lanes));
  storeFirst(y, lanes, best);
}

/** All channels of any window. */
// @ts-ignore: decorator
@inline
function maxOfWindow(
  window: usize,
  y: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
): void {
  const vectors = pixel & ~15;
  let c: usize = 0;
  // Four vectors at a time share the loops over the window.
  for (; c + 64 <= vectors; c += 64) {
    let best0 = lowest(), best1 = best0, best2 = best0, best3 = best0;
    for (let r = 0, start = window + c; r < rows; r++, start += row) {
      for (let s = 0, at = start; s < columns; s++, at += pixel) {
        best0 = larger(best0, v128.load(at));
        best1 = larger(best1, v128.load(at, 16));
        best2 = larger(best2, v128.load(at, 32));
        best3 = larger(best3, v128.load(at, 48));
      }
    }
    v128.store(y + c, best0);
    v128.store(y + c, best1, 16);
    v128.store(y + c, best2, 32);
    v128.store(y + c, best3, 48);
  }
  for (; c < vectors; c += 16) {
    maxOfWindowLanes(window + c, y + c, row, pixel, rows, columns, 4);
  }
  for (; c < pixel; c += FLOAT) {
    maxOfWindowLanes(window + c, y + c, row, pixel, rows, columns, 1);
  }
}

// @ts-ignore: decorator
@inline
function maxOfWindowLanes(
  window: usize,
  y: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
): void {
  let best = lowest();
  for (let r = 0, start = window; r < rows; r++, start += row) {
    for (let s = 0, at = start; s < columns; s++, at += pixel) {
      best = larger(best, loadFirst(at, lanes));
    }
  }
  storeFirst(y, lanes, best);
}

/** Writes the gradient; dx may hold anything before. */
export function maxPoolGrad(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = <usize> channels * FLOAT;
  const row = <usize> inWidth * pixel;
  const image = <usize> inHeight * row;
  const isPlain = filterHeight == 2 && filterWidth == 2 &&
    strideHeight == 2 && strideWidth == 2 && padTop == 0 && padLeft == 0 &&
    outHeight <= inHeight >> 1 && outWidth <= inWidth >> 1;
  if (isPlain) {
    for (let b = 0; b < batch; b++, x += image, dx += image) {
      gradOfPairs(x, dy, dx, row, pixel, outHeight, outWidth);
      const done = <usize> outHeight * 2 * row;
      memory.fill(dx + done, 0, image - done);
      dy += <usize> outHeight * outWidth * pixel;
    }
    return;
  }
  for (let b = 0; b < batch; b++, x += image, dx += image) {
    memory.fill(dx, 0, image);
    for (let i = 0; i < outHeight; i++) {
      const top = i * strideHeight - padTop;
      const firstRow = max(0, top);
      const rows = min(inHeight, top + filterHeight) - firstRow;
      for (let j = 0; j < outWidth; j++, dy += pixel) {
        const left = j * strideWidth - padLeft;
        const firstColumn = max(0, left);
        const columns = min(inWidth, left + filterWidth) - firstColumn;
        const offset = <usize> firstRow * row + <usize> firstColumn * pixel;
        gradOfWindow(x + offset, dy, dx + offset, row, pixel, rows, columns);
      }
    }
  }
}

/** One image of whole 2×2 windows side by side: each place is written once. */
// @ts-ignore: decorator
@inline
function gradOfPairs(
  x: usize,
  dy: usize,
  dx: usize,
  row: usize,
  pixel: usize,
  outHeight: i32,
  outWidth: i32,
): void {
  const vectors = pixel & ~15;
  const left = <usize> outWidth * 2 * pixel;
  for (let i = 0; i < outHeight; i++, x += 2 * row, dx += 2 * row) {
    for (let at: usize = 0; at < left; at += 2 * pixel, dy += pixel) {
      const window = x + at;
      const places = dx + at;
      let c: usize = 0;
      for (; c < vectors; c += 16) {
        gradOfFourLanes(window + c, dy + c, places + c, row, pixel, 4);
      }
      for (; c < pixel; c += FLOAT) {
        gradOfFourLanes(window + c, dy + c, places + c, row, pixel, 1);
      }
    }
    if (left < row) {
      memory.fill(dx + left, 0, row - left);
      memory.fill(dx + row + left, 0, row - left);
    }
  }
}

// @ts-ignore: decorator
@inline
function gradOfFourLanes(
  x: usize,
  dy: usize,
  dx: usize,
  row: usize,
  pixel: usize,
  lanes: i32,
): void {
  const x0 = loadFirst(x, lanes);
  const x1 = loadFirst(x + pixel, lanes);
  const x2 = loadFirst(x + row, lanes);
  const x3 = loadFirst(x + row + pixel, lanes);
  const best0 = larger(lowest(), x0);
  const best1 = larger(best0, x1);
  const best2 = larger(best1, x2);
  // The maximum is the last that was larger than all before it.
  const is3 = f32x4.gt(x3, best2);
  const is2 = f32x4.gt(x2, best1);
  const is1 = f32x4.gt(x1, best0);
  const is0 = f32x4.gt(x0, lowest());
  let rest = loadFirst(dy, lanes);
  storeFirst(dx + row + pixel, lanes, v128.and(rest, is3));
  rest = v128.andnot(rest, is3);
  storeFirst(dx + row, lanes, v128.and(rest, is2));
  rest = v128.andnot(rest, is2);
  storeFirst(dx + pixel, lanes, v128.and(rest, is1));
  rest = v128.andnot(rest, is1);
  storeFirst(dx, lanes, v128.and(rest, is0));
}

/** All channels of any window, added to what other windows gave. */
// @ts-ignore: decorator
@inline
function gradOfWindow(
  x: usize,
  dy: usize,
  dx: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
): void {
  const vectors = pixel & ~15;
  let c: usize = 0;
  for (; c < vectors; c += 16) {
    gradOfWindowLanes(x + c, dy + c, dx + c, row, pixel, rows, columns, 4);
  }
  for (; c < pixel; c += FLOAT) {
    gradOfWindowLanes(x + c, dy + c, dx + c, row, pixel, rows, columns, 1);
  }
}

// @ts-ignore: decorator
@inline
function gradOfWindowLanes(
  x: usize,
  dy: usize,
  dx: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
): void {
  // Where the maximum lies, in bytes from x; below 0 where there is none.
  let place = i32x4.splat(-1);
  let best = lowest();
  for (let r = 0, start = x; r < rows; r++, start += row) {
    for (let s = 0, at = start; s < columns; s++, at += pixel) {
      const value = loadFirst(at, lanes);
      const isLarger = f32x4.gt(value, best);
      place = v128.bitselect(i32x4.splat(<i32> (at - x)), place, isLarger);
      best = larger(best, value);
    }
  }
  const gradient = loadFirst(dy, lanes);
  addAt(dx, i32x4.extract_lane(place, 0), f32x4.extract_lane(gradient, 0));
  if (lanes < 4) return;
  addAt(dx + 4, i32x4.extract_lane(place, 1), f32x4.extract_lane(gradient, 1));
  addAt(dx + 8, i32x4.extract_lane(place, 2), f32x4.extract_lane(gradient, 2));
  addAt(dx + 12, i32x4.extract_lane(place, 3), f32x4.extract_lane(gradient, 3));
}

/** Adds to the float32 at an offset, if there is one. */
// @ts-ignore: decorator
@inline
function addAt(dx: usize, offset: i32, value: f32): void {
  if (offset < 0) return;
  const place = dx + <usize> offset;
  store<f32>(place, load<f32>(place) + value);
}
