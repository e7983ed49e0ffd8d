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
  const outChannels = shape.outChannels;
  memory.fill(turned, 0, shape.paddedWindow * <usize> outChannels);
  for (let r = 0; r < shape.filterHeight; r++) {
    for (let k = 0; k < shape.rowValues; k++) {
      let to = turned + <usize> r * shape.paddedRow + <usize> k * FLOAT;
      for (let channel = 0; channel < outChannels; channel++) {
        store<f32>(to, load<f32>(filter));
        filter += FLOAT;
        to += shape.paddedWindow;
      }
    }
  }
}

/** The way back. */
export function turnFilterBack(
  shape: ConvShape,
  turned: usize,
  filter: usize,
): void {
  const outChannels = shape.outChannels;
  for (let r = 0; r < shape.filterHeight; r++) {
    for (let k = 0; k < shape.rowValues; k++) {
      let from = turned + <usize> r * shape.paddedRow + <usize> k * FLOAT;
      for (let channel = 0; channel < outChannels; channel++) {
        store<f32>(filter, load<f32>(from));
        filter += FLOAT;
        from += shape.paddedWindow;
      }
    }
  }
}
