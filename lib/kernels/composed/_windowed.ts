/**
 * Laying a tensor into a frame of zeros, spread out, padded or cropped: what
 * turns a strided or padded convolution into a plain one.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocateZeros, heapView } from "../_wasm_backend.ts";

/** Where pixel (i, j) of the tensor goes: (i · spread + top, j · spread + left). */
export interface Window {
  /** Rows above the tensor; negative where rows are cut off. */
  top: number;
  /** Columns left of the tensor; negative where columns are cut off. */
  left: number;
  /** Rows of the result. */
  height: number;
  /** Columns of the result. */
  width: number;
  /** Distance of neighboring rows, and of neighboring columns. */
  spread: [height: number, width: number];
}

/**
 * @param x [batch, rows, columns, channels].
 * @returns [batch, window.height, window.width, channels], new.
 */
export function windowed(
  backend: BackendWasm,
  x: TensorInfo,
  window: Window,
): TensorInfo {
  const [batch, rows, columns, channels] = x.shape as [
    number,
    number,
    number,
    number,
  ];
  const { top, left, height, width, spread } = window;
  const result = allocateZeros(backend, [batch, height, width, channels]);
  const from = heapView(backend, x);
  const to = heapView(backend, result);
  // Columns that fall into the window.
  const first = Math.max(0, Math.ceil(-left / spread[1]));
  const last = Math.min(
    columns - 1,
    Math.floor((width - 1 - left) / spread[1]),
  );
  if (last < first) return result;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < rows; i++) {
      const row = i * spread[0] + top;
      if (row < 0 || row >= height) continue;
      const source = (b * rows + i) * columns * channels;
      const target = (b * height + row) * width * channels;
      if (spread[1] === 1) {
        const start = source + first * channels;
        to.set(
          from.subarray(start, source + (last + 1) * channels),
          target + (first + left) * channels,
        );
        continue;
      }
      for (let j = first; j <= last; j++) {
        const start = source + j * channels;
        to.set(
          from.subarray(start, start + channels),
          target + (j * spread[1] + left) * channels,
        );
      }
    }
  }
  return result;
}
