/**
 * Filters with their channels turned: [filterHeight, filterWidth, inChannels,
 * outChannels] from and to [outChannels, filterHeight, padded row].
 */

import { ConvShape } from "./conv_shape";
import { FLOAT } from "./simd";

/** @param turned What lies behind a row, to the next vector, becomes 0. */
export function turnFilter(
  shape: ConvShape,
  filter: usize,
  turned: usize,
): void {
  const window = shape.paddedWindow;
  const row = shape.paddedRow;
  const values = shape.rowValues;
  const channels = shape.outChannels;
  const pixel = <usize> channels * FLOAT;
  memory.fill(turned, 0, window * <usize> channels);
  for (let r = 0; r < shape.filterHeight; r++) {
    transpose(filter, values, channels, pixel, turned, window);
    filter += <usize> (values * channels) * FLOAT;
    turned += row;
  }
}

/** The way back. */
export function turnFilterBack(
  shape: ConvShape,
  turned: usize,
  filter: usize,
): void {
  const window = shape.paddedWindow;
  const row = shape.paddedRow;
  const values = shape.rowValues;
  const channels = shape.outChannels;
  const pixel = <usize> channels * FLOAT;
  for (let r = 0; r < shape.filterHeight; r++) {
    transpose(turned, channels, values, window, filter, pixel);
    filter += <usize> (values * channels) * FLOAT;
    turned += row;
  }
}

/**
 * to[column, row] = from[row, column], in blocks of 4 x 4.
 *
 * @param fromStep Bytes between rows.
 * @param toStep Bytes between columns.
 */
function transpose(
  from: usize,
  rows: i32,
  columns: i32,
  fromStep: usize,
  to: usize,
  toStep: usize,
): void {
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let column = 0;
    let a = from;
    let b = to;
    for (; column + 4 <= columns; column += 4) {
      const r0 = v128.load(a), r1 = v128.load(a + fromStep);
      const r2 = v128.load(a + 2 * fromStep);
      const r3 = v128.load(a + 3 * fromStep);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(b, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(b + toStep, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      v128.store(b + 2 * toStep, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      v128.store(b + 3 * toStep, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
      a += 16;
      b += 4 * toStep;
    }
    for (; column < columns; column++) {
      for (let i: usize = 0; i < 4; i++) {
        store<f32>(b + i * FLOAT, load<f32>(a + i * fromStep));
      }
      a += FLOAT;
      b += toStep;
    }
    from += 4 * fromStep;
    to += 16;
  }
  for (; row < rows; row++) {
    for (let column: usize = 0; column < <usize> columns; column++) {
      store<f32>(to + column * toStep, load<f32>(from + column * FLOAT));
    }
    from += fromStep;
    to += FLOAT;
  }
}
