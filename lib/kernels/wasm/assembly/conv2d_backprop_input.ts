/**
 * dx[b, i·strideHeight + r − padTop, j·strideWidth + s − padLeft, c] +=
 *   dy[b, i, j, k] · filter[r, s, c, k]
 *
 * dy [batch, outHeight, outWidth, outChannels], filter [filterHeight,
 * filterWidth, inChannels, outChannels]. Windows are summed into a frame of
 * one image, dx with its padding, in which each row of a window is one run of
 * memory; the padding is cut off at the end. To multiply dy with the turned
 * filter and scatter multiplies less than a convolution of the padded dy.
 *
 * [16, 13, 13, 32] with 64 filters of 3x3, us an image, medians on one core of
 * an AMD EPYC (Zen 5) whose peak is 61 GFLOP/s:
 *
 * 1. composed of other operations   192 (23 GFLOP/s, a mean)
 * 2. dense tiles of 6 x 8            90 (49 GFLOP/s)
 * 3. lists                           27, where one value in ten is not zero
 *
 * Where little is zero, 3x3 filters and strides of 1 go to `winograd.ts`:
 * [16, 12, 12, 32] with 64 filters takes 57 in place of the tiles' 131, on one
 * core of an Intel Xeon (model 207).
 */

import { leaveFrame } from "./conv_frame";
import {
  addInputLists,
  clearLists,
  endsBytes,
  GROUP,
  listImage,
  listsBytes,
  turnedBytes,
} from "./conv_lists";
import { ConvShape } from "./conv_shape";
import { turnFilter } from "./conv_transpose";
import { FLOAT, madd } from "./simd";

/** Bytes of scratch that `inputGradientSparse` works in. */
export function inputGradientSparseScratch(shape: ConvShape): usize {
  return GROUP * shape.frame + turnedBytes(shape) + endsBytes(shape) +
    listsBytes(shape, shape.pixels);
}

/** The input gradient from lists of what is not zero in dy. */
export function inputGradientSparse(
  shape: ConvShape,
  dy: usize,
  filter: usize,
  dx: usize,
  scratch: usize,
): void {
  const pixels = shape.pixels;
  const frames = scratch;
  const turned = frames + GROUP * shape.frame;
  const ends = turned + turnedBytes(shape);
  const lists = ends + endsBytes(shape);
  turnFilter(shape, filter, turned);
  for (let first = 0; first < shape.batch; first += GROUP) {
    const count = min(GROUP, shape.batch - first);
    clearLists(shape, lists, ends, pixels);
    for (let n = 0; n < count; n++) {
      listImage(shape, dy, frames + <usize> n * shape.frame, ends, false);
      dy += <usize> (pixels * shape.outChannels) * FLOAT;
    }
    memory.fill(frames, 0, GROUP * shape.frame);
    addInputLists(shape, lists, ends, pixels, turned, 0);
    for (let n = 0; n < count; n++) {
      leaveFrame(shape, frames + <usize> n * shape.frame, dx);
      dx += shape.image;
    }
  }
}

/** Groups of 6 pixels of dy, none over two rows. */
function groups(shape: ConvShape): i32 {
  return shape.outHeight * ((shape.outWidth + 5) / 6);
}

/** Panels of 8 values in a row of a window. */
function panels(shape: ConvShape): i32 {
  return (shape.rowValues + 7) >> 3;
}

/** Bytes of the filter in panels. */
function filterPanels(shape: ConvShape): usize {
  return <usize> (shape.filterHeight * panels(shape) * shape.outChannels) * 32;
}

/** Bytes of scratch that `inputGradientDense` works in. */
export function inputGradientDenseScratch(shape: ConvShape): usize {
  return 192 + shape.frame + filterPanels(shape) +
    <usize> (groups(shape) * shape.outChannels) * 24;
}

/**
 * The input gradient with every multiplication: tiles of 6 pixels of dy by 8
 * values of the window have their 12 sums in registers over all output
 * channels. Both are copied into the order in which they are read: the filter
 * as [row, panel, outChannels, 8], dy as [group, outChannels, 6].
 */
export function inputGradientDense(
  shape: ConvShape,
  dy: usize,
  filter: usize,
  dx: usize,
  scratch: usize,
): void {
  const tile = scratch;
  const frame = tile + 192;
  const packedFilter = frame + shape.frame;
  const packed = packedFilter + filterPanels(shape);
  const channels = shape.outChannels;
  packFilter(shape, filter, packedFilter);
  for (let b = 0; b < shape.batch; b++) {
    packGroups(shape, dy, packed);
    memory.fill(frame, 0, shape.frame);
    let panel = packedFilter;
    for (let r = 0; r < shape.filterHeight; r++) {
      for (let k = 0; k < shape.rowValues; k += 8) {
        const values = min(8, shape.rowValues - k);
        let group = packed;
        for (let i = 0; i < shape.outHeight; i++) {
          for (let j = 0; j < shape.outWidth; j += 6) {
            multiply(channels, group, panel, tile);
            const out = frame + shape.windowAt(i, j) +
              <usize> r * shape.frameRow + <usize> k * FLOAT;
            scatter(shape, tile, min(6, shape.outWidth - j), values, out);
            group += <usize> channels * 24;
          }
        }
        panel += <usize> channels * 32;
      }
    }
    leaveFrame(shape, frame, dx);
    dx += shape.image;
    dy += <usize> (shape.pixels * channels) * FLOAT;
  }
}

/** Zeros behind the last value of a row. */
function packFilter(shape: ConvShape, filter: usize, packed: usize): void {
  const channels = shape.outChannels;
  const panel = <usize> channels * 32;
  memory.fill(packed, 0, filterPanels(shape));
  for (let r = 0; r < shape.filterHeight; r++) {
    for (let k = 0; k < shape.rowValues; k++) {
      let to = packed + <usize> (k >> 3) * panel + <usize> (k & 7) * FLOAT;
      for (let channel = 0; channel < channels; channel++) {
        store<f32>(to, load<f32>(filter));
        filter += FLOAT;
        to += 32;
      }
    }
    packed += <usize> panels(shape) * panel;
  }
}

/** The last pixels of a row's last group may be left over from others. */
function packGroups(shape: ConvShape, dy: usize, packed: usize): void {
  const channels = shape.outChannels;
  for (let i = 0; i < shape.outHeight; i++) {
    for (let j = 0; j < shape.outWidth; j++) {
      let to = packed + <usize> (j % 6) * FLOAT +
        <usize> (j / 6 * channels) * 24;
      for (let channel = 0; channel < channels; channel++) {
        store<f32>(to, load<f32>(dy));
        dy += FLOAT;
        to += 24;
      }
    }
    packed += <usize> ((shape.outWidth + 5) / 6 * channels) * 24;
  }
}

/** tile[6, 8] = group[channels, 6] transposed, times panel[channels, 8]. */
function multiply(
  channels: i32,
  group: usize,
  panel: usize,
  tile: usize,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
  const stop = panel + <usize> channels * 32;
  for (; panel < stop; panel += 32) {
    const a = v128.load(panel), b = v128.load(panel, 16);
    const y0 = v128.load32_splat(group);
    a0 = madd(y0, a, a0);
    b0 = madd(y0, b, b0);
    const y1 = v128.load32_splat(group, 4);
    a1 = madd(y1, a, a1);
    b1 = madd(y1, b, b1);
    const y2 = v128.load32_splat(group, 8);
    a2 = madd(y2, a, a2);
    b2 = madd(y2, b, b2);
    const y3 = v128.load32_splat(group, 12);
    a3 = madd(y3, a, a3);
    b3 = madd(y3, b, b3);
    const y4 = v128.load32_splat(group, 16);
    a4 = madd(y4, a, a4);
    b4 = madd(y4, b, b4);
    const y5 = v128.load32_splat(group, 20);
    a5 = madd(y5, a, a5);
    b5 = madd(y5, b, b5);
    group += 24;
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

/** Adds the tile's pixels to their windows, which may overlap. */
function scatter(
  shape: ConvShape,
  tile: usize,
  pixels: i32,
  values: i32,
  out: usize,
): void {
  const step = shape.windowAt(0, 1);
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (values == 8) {
      v128.store(out, f32x4.add(v128.load(out), v128.load(tile)));
      v128.store(out, f32x4.add(v128.load(out, 16), v128.load(tile, 16)), 16);
    } else {
      for (let k = 0; k < values; k++) {
        const at = <usize> k * FLOAT;
        store<f32>(out + at, load<f32>(out + at) + load<f32>(tile + at));
      }
    }
    tile += 32;
    out += step;
  }
}
