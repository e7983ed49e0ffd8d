/**
 * Convolution by its definition, for any filter, stride and padding:
 *
 *   y[i, j, o] = bias[o] + Σ x[i·s + r, j·s + q, c] · filter[r, q, c, o]
 *
 * x [inHeight, inWidth, inChannels] and y [outHeight, outWidth, outChannels],
 * an image at a time, channels innermost. Where there is padding the image is
 * first laid into a frame of zeros.
 *
 * Blocking: the tile of `tile.ts`, six pixels by eight output channels. In a
 * row of the filter the filterWidth · inChannels inputs of a pixel lie next to
 * each other, so the image is read where it stands and nothing is gathered
 * first. The filter is packed into panels of eight channels: 9 KB for 3×3 and
 * 32 channels, so that one stays in the nearest cache while all pixels pass.
 *
 * [16, 13, 13, 32] with 64 filters of 3×3, µs an image, medians of 15,
 * interleaved, on one core of an AMD EPYC (Zen 5):
 *
 * 1. shipped            128
 * 2. this                80 (56 GFLOP/s of 57); `winograd.ts` multiplies less
 *
 * Scratch, in this order: the panels, the windows' offsets, an edge of 6×8,
 * and the frame where there is padding.
 */

import { FLOAT } from "./simd";
import { tile } from "./tile";

/** Bytes of a 6×8 tile. */
const EDGE: usize = 192;

/**
 * Packs [k, outChannels] into [outChannels / 8][1 + k][8]: the bias, then the
 * filter's rows, with zeros where the last panel is not full.
 */
export function packPanels(
  filter: usize,
  bias: usize,
  k: i32,
  outChannels: i32,
  to: usize,
): void {
  for (let o = 0; o < outChannels; o += 8) {
    const columns = min(8, outChannels - o);
    copyRow(bias ? bias + <usize> o * FLOAT : 0, columns, to);
    let from = filter + <usize> o * FLOAT;
    for (let row = 0; row < k; row++) {
      to += 32;
      copyRow(from, columns, to);
      from += <usize> outChannels * FLOAT;
    }
    to += 32;
  }
}

/** Eight values, zeros where there are fewer, or none as `from` is 0. */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, columns: i32, to: usize): void {
  if (from && columns == 8) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    return;
  }
  const zero = f32x4.splat(0);
  v128.store(to, zero);
  v128.store(to, zero, 16);
  if (!from) return;
  for (let column = 0; column < columns; column++) {
    store<f32>(
      to + <usize> column * FLOAT,
      load<f32>(from + <usize> column * FLOAT),
    );
  }
}

/**
 * A batch of images.
 *
 * @param bias [outChannels], or 0 for none.
 * @param relu 1 to set what is below zero to zero.
 * @param frameHeight Of the padded image; `inHeight` where nothing is padded.
 */
export function conv2d(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
  frameHeight: i32,
  frameWidth: i32,
  relu: i32,
  scratch: usize,
): void {
  const k = filterHeight * filterWidth * inChannels;
  const pixels = outHeight * outWidth;
  const rowBytes = <usize> (frameWidth * inChannels) * FLOAT;
  const panels = scratch;
  const panelBytes = <usize> (1 + k) * 32;
  const windows = panels + panelBytes * <usize> ((outChannels + 7) >> 3);
  const edge = windows + <usize> (pixels + 5) * FLOAT;
  const frame = edge + EDGE;
  packPanels(filter, bias, k, outChannels, panels);

  // Where each pixel's window begins; the last stands in for those after it.
  for (let pixel = 0; pixel < pixels + 5; pixel++) {
    const shown = min(pixel, pixels - 1);
    const row = shown / outWidth * strideHeight;
    const column = shown % outWidth * strideWidth;
    store<u32>(
      windows + <usize> pixel * FLOAT,
      (row * frameWidth + column) * inChannels * <i32> FLOAT,
    );
  }

  const inRowBytes = <usize> (inWidth * inChannels) * FLOAT;
  const inBytes = <usize> inHeight * inRowBytes;
  const outBytes = <usize> (pixels * outChannels) * FLOAT;
  const padded = frameHeight != inHeight || frameWidth != inWidth;
  if (padded) memory.fill(frame, 0, <usize> frameHeight * rowBytes);
  const inside = frame + <usize> (padTop * frameWidth + padLeft) *
      <usize> inChannels * FLOAT;
  for (let image = 0; image < batch; image++) {
    if (padded) frameImage(x, inHeight, inRowBytes, inside, rowBytes);
    convolveImage(
      padded ? frame : x,
      windows,
      pixels,
      filterHeight,
      rowBytes,
      <usize> (filterWidth * inChannels) * FLOAT,
      panels,
      panelBytes,
      outChannels,
      y,
      edge,
    );
    if (relu) clampImage(y, y + outBytes);
    x += inBytes;
    y += outBytes;
  }
}

/** Lays an image into a frame whose border is zero already. */
export function frameImage(
  x: usize,
  height: i32,
  rowBytes: usize,
  inside: usize,
  frameRowBytes: usize,
): void {
  for (let row = 0; row < height; row++) {
    memory.copy(inside, x, rowBytes);
    x += rowBytes;
    inside += frameRowBytes;
  }
}

function convolveImage(
  frame: usize,
  windows: usize,
  pixels: i32,
  filterHeight: i32,
  rowBytes: usize,
  stretchBytes: usize,
  panels: usize,
  panelBytes: usize,
  outChannels: i32,
  y: usize,
  edge: usize,
): void {
  const pixelBytes = <usize> outChannels * FLOAT;
  for (let o = 0; o < outChannels; o += 8) {
    const start0 = v128.load(panels), start1 = v128.load(panels, 16);
    const columns = min(8, outChannels - o);
    for (let pixel = 0; pixel < pixels; pixel += 6) {
      const rows = min(6, pixels - pixel);
      const target = y + <usize> pixel * pixelBytes + <usize> o * FLOAT;
      const isWhole = rows == 6 && columns == 8;
      const w = windows + <usize> pixel * FLOAT;
      tile(
        frame + load<u32>(w),
        frame + load<u32>(w, 4),
        frame + load<u32>(w, 8),
        frame + load<u32>(w, 12),
        frame + load<u32>(w, 16),
        frame + load<u32>(w, 20),
        filterHeight,
        rowBytes,
        stretchBytes,
        panels + 32,
        start0,
        start1,
        isWhole ? target : edge,
        isWhole ? pixelBytes : 32,
      );
      if (isWhole) continue;
      for (let row = 0; row < rows; row++) {
        memory.copy(
          target + <usize> row * pixelBytes,
          edge + <usize> row * 32,
          <usize> columns * FLOAT,
        );
      }
    }
    panels += panelBytes;
  }
}

/** Sets what is below zero to zero and leaves NaN as it is. */
function clampImage(from: usize, end: usize): void {
  const zero = f32x4.splat(0);
  for (; from + 16 <= end; from += 16) {
    v128.store(from, f32x4.pmax(v128.load(from), zero));
  }
  for (; from < end; from += FLOAT) {
    if (load<f32>(from) < 0) store<f32>(from, 0);
  }
}
