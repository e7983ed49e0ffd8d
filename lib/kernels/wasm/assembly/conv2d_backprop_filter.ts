/**
 * dFilter[r, s, c, k] = Σ over b, i, j of
 *   x[b, i·strideHeight + r − padTop, j·strideWidth + s − padLeft, c] ·
 *   dy[b, i, j, k]
 *
 * x [batch, inHeight, inWidth, inChannels], dy [batch, outHeight, outWidth,
 * outChannels]. One image at a time is laid into a frame with its padding, so
 * that each row of a window is one run of memory.
 *
 * [16, 13, 13, 32] with 64 filters of 3x3, us an image, medians on one core of
 * an AMD EPYC (Zen 5) whose peak is 61 GFLOP/s:
 *
 * 1. composed of other operations       175 (25 GFLOP/s, a mean)
 * 2. dense tiles of 6 x 8                77 (58 GFLOP/s)
 * 3. lists, branching on each non-zero   27, where one value in ten is not zero
 * 4. lists without branches, 4 images    20
 *
 * First layer, [16, 28, 28, 1] with 32 filters: 81 composed, 19 dense, 19 by
 * lists: to list costs as much as nine multiplications.
 */

import {
  addFilterLists,
  addFilterListsClipped,
  clearLists,
  endsBytes,
  GROUP,
  listImage,
  listsBytes,
  turnedBytes,
} from "./conv_lists";
import { enterFrame } from "./conv_frame";
import { aligned, ConvShape } from "./conv_shape";
import { turnFilterBack } from "./conv_transpose";
import { FLOAT, madd } from "./simd";

/** Bytes of a tile of 6 x 8 sums. */
const TILE: usize = 192;

/** Bytes of scratch that `filterGradientSparse` works in. */
export function filterGradientSparseScratch(shape: ConvShape): usize {
  return GROUP * shape.frame + turnedBytes(shape) + endsBytes(shape) +
    listsBytes(shape, shape.pixels);
}

/**
 * The filter gradient from lists of what is not zero in dy.
 *
 * @param clipped True to list the zeros as well and leave out the padding, in
 *   plain loops: right also where x or dy is not finite.
 */
export function filterGradientSparse(
  shape: ConvShape,
  x: usize,
  dy: usize,
  dFilter: usize,
  scratch: usize,
  clipped: bool,
): void {
  const pixels = shape.pixels;
  const frames = scratch;
  const sums = frames + GROUP * shape.frame;
  const ends = sums + turnedBytes(shape);
  const lists = ends + endsBytes(shape);
  memory.fill(sums, 0, turnedBytes(shape));
  for (let first = 0; first < shape.batch; first += GROUP) {
    const count = min(GROUP, shape.batch - first);
    clearLists(shape, lists, ends, pixels);
    let frame = frames;
    for (let n = 0; n < count; n++) {
      enterFrame(shape, x, frame);
      listImage(shape, dy, frame, ends, clipped);
      x += shape.image;
      dy += <usize> (pixels * shape.outChannels) * FLOAT;
      frame += shape.frame;
    }
    if (clipped) {
      addFilterListsClipped(shape, frames, lists, ends, pixels, sums);
    } else addFilterLists(shape, lists, ends, pixels, sums);
  }
  turnFilterBack(shape, sums, dFilter);
}

/**
 * How the dense path sees a window: `rows` runs of `values`.
 *
 * Runs shorter than a tile's 6 values would leave most of it idle. Such
 * windows, of a filter over one or two channels, are copied out of the frame,
 * one behind the other: one run each.
 */
// @ts-ignore: decorator
@inline
function isThin(shape: ConvShape): bool {
  return shape.rowValues < 6;
}

function runs(shape: ConvShape): i32 {
  return isThin(shape) ? 1 : shape.filterHeight;
}

function runValues(shape: ConvShape): i32 {
  return isThin(shape)
    ? shape.filterHeight * shape.rowValues
    : shape.rowValues;
}

/** Bytes of the windows that are copied out of a frame, slack included. */
function thinWindows(shape: ConvShape): usize {
  if (!isThin(shape)) return 0;
  return aligned(<usize> (shape.pixels * runValues(shape) + 6) * FLOAT);
}

/** Panels of 8 output channels. */
function panels(shape: ConvShape): i32 {
  return (shape.outChannels + 7) >> 3;
}

/** Tiles of 6 values in a run. */
function tiles(shape: ConvShape): i32 {
  return (runValues(shape) + 5) / 6;
}

/** Bytes of the sums. */
function denseSums(shape: ConvShape): usize {
  return <usize> (panels(shape) * runs(shape) * tiles(shape)) * TILE;
}

/** Bytes of scratch that `filterGradientDense` works in. */
export function filterGradientDenseScratch(shape: ConvShape): usize {
  return shape.frame + thinWindows(shape) + denseSums(shape) +
    <usize> (panels(shape) * shape.pixels) * 32;
}

/**
 * The filter gradient with every multiplication: tiles of 6 values of the
 * window by 8 output channels have their 12 sums in registers over all pixels
 * of an image. dy is copied into panels of 8 channels, [panel, pixel, 8], so a
 * panel and the frame are all that is read at a time, and a number of channels
 * that is no multiple of 8 needs no other loop.
 */
export function filterGradientDense(
  shape: ConvShape,
  x: usize,
  dy: usize,
  dFilter: usize,
  scratch: usize,
): void {
  const frame = scratch;
  const windows = frame + shape.frame;
  const sums = windows + thinWindows(shape);
  const packed = sums + denseSums(shape);
  const values = runValues(shape);
  const thin = isThin(shape);
  const first = thin ? windows : frame;
  const step = thin ? <usize> values * FLOAT : shape.windowAt(0, 1);
  const rowStep = thin
    ? step * <usize> shape.outWidth
    : shape.windowAt(1, 0);
  memory.fill(sums, 0, denseSums(shape));
  for (let b = 0; b < shape.batch; b++) {
    enterFrame(shape, x, frame);
    if (thin) copyWindows(shape, frame, windows);
    packPanels(shape, dy, packed);
    let tile = sums;
    let panel = packed;
    for (let p = 0; p < panels(shape); p++) {
      for (let r = 0; r < runs(shape); r++) {
        const run = first + <usize> r * shape.frameRow;
        for (let k = 0; k < values; k += 6) {
          addTile(shape, run + <usize> k * FLOAT, rowStep, step, panel, tile);
          tile += TILE;
        }
      }
      panel += <usize> shape.pixels * 32;
    }
    x += shape.image;
    dy += <usize> (shape.pixels * shape.outChannels) * FLOAT;
  }
  unpack(shape, sums, dFilter);
}

function copyWindows(shape: ConvShape, frame: usize, windows: usize): void {
  const bytes = <usize> shape.rowValues * FLOAT;
  for (let i = 0; i < shape.outHeight; i++) {
    for (let j = 0; j < shape.outWidth; j++) {
      let from = frame + shape.windowAt(i, j);
      for (let r = 0; r < shape.filterHeight; r++) {
        for (let byte: usize = 0; byte < bytes; byte += FLOAT) {
          store<f32>(windows + byte, load<f32>(from + byte));
        }
        windows += bytes;
        from += shape.frameRow;
      }
    }
  }
}

/** [pixel, outChannels] to [panel, pixel, 8], zeros behind the last channel. */
function packPanels(shape: ConvShape, dy: usize, packed: usize): void {
  const channels = shape.outChannels;
  const panel = <usize> shape.pixels * 32;
  for (let pixel = 0; pixel < shape.pixels; pixel++) {
    let to = packed + <usize> pixel * 32;
    let channel = 0;
    for (; channel + 8 <= channels; channel += 8) {
      v128.store(to, v128.load(dy));
      v128.store(to, v128.load(dy, 16), 16);
      dy += 32;
      to += panel;
    }
    if (channel < channels) {
      memory.fill(to, 0, 32);
      for (; channel < channels; channel++) {
        store<f32>(to, load<f32>(dy));
        dy += FLOAT;
        to += FLOAT;
      }
    }
  }
}

/** Adds an image to a tile: 6 values from `x` on by the 8 channels of `dy`. */
function addTile(
  shape: ConvShape,
  x: usize,
  rowStep: usize,
  step: usize,
  dy: usize,
  tile: usize,
): void {
  let a0 = v128.load(tile), b0 = v128.load(tile, 16);
  let a1 = v128.load(tile, 32), b1 = v128.load(tile, 48);
  let a2 = v128.load(tile, 64), b2 = v128.load(tile, 80);
  let a3 = v128.load(tile, 96), b3 = v128.load(tile, 112);
  let a4 = v128.load(tile, 128), b4 = v128.load(tile, 144);
  let a5 = v128.load(tile, 160), b5 = v128.load(tile, 176);
  const width = <usize> shape.outWidth * 32;
  for (let i = 0; i < shape.outHeight; i++) {
    let at = x;
    const stop = dy + width;
    for (; dy < stop; dy += 32) {
      const a = v128.load(dy), b = v128.load(dy, 16);
      const x0 = v128.load32_splat(at);
      a0 = madd(x0, a, a0);
      b0 = madd(x0, b, b0);
      const x1 = v128.load32_splat(at, 4);
      a1 = madd(x1, a, a1);
      b1 = madd(x1, b, b1);
      const x2 = v128.load32_splat(at, 8);
      a2 = madd(x2, a, a2);
      b2 = madd(x2, b, b2);
      const x3 = v128.load32_splat(at, 12);
      a3 = madd(x3, a, a3);
      b3 = madd(x3, b, b3);
      const x4 = v128.load32_splat(at, 16);
      a4 = madd(x4, a, a4);
      b4 = madd(x4, b, b4);
      const x5 = v128.load32_splat(at, 20);
      a5 = madd(x5, a, a5);
      b5 = madd(x5, b, b5);
      at += step;
    }
    x += rowStep;
  }
  v128.store(tile, a0);
  v128.store(tile, b0, 16);
  v128.store(tile, a1, 32);
  v128.store(tile, b1, 48);
  v128.store(tile, a2, 64);
  v128.store(tile, b2, 80);
  v128.store(tile, a3, 96);
  v128.store(tile, b3, 112);
  v128.store(tile, a4, 128);
  v128.store(tile, b4, 144);
  v128.store(tile, a5, 160);
  v128.store(tile, b5, 176);
}

/** [panel, run, tile, 6, 8] to [window, outChannels]. */
function unpack(shape: ConvShape, sums: usize, dFilter: usize): void {
  const channels = shape.outChannels;
  const values = runValues(shape);
  for (let channel = 0; channel < channels; channel += 8) {
    const count = min(8, channels - channel);
    for (let r = 0; r < runs(shape); r++) {
      for (let k = 0; k < values; k++) {
        const to = dFilter +
          <usize> ((r * values + k) * channels + channel) * FLOAT;
        memory.copy(to, sums + <usize> k * 32, <usize> count * FLOAT);
      }
      sums += <usize> tiles(shape) * TILE;
    }
  }
}
