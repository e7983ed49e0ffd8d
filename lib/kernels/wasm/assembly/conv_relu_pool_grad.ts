/**
 * The gradients of a convolution that a ReLU and a max pool follow, straight
 * from the pooled gradient: each of its values went to one pixel of the
 * convolution's output, its route, or was cut off by the ReLU.
 *
 *   dBias[k]   = Σ dy[b, p, k] over b, p with a route
 *   dFilter    = Σ dy[b, p, k] · x window of pixel route[b, p, k]
 *   dx window of that pixel += dy[b, p, k] · filter of channel k
 *
 * dy and route [batch, pooled pixels, outChannels]. Behind a pool of 2x2 and a
 * ReLU about one value in eight of the convolution's gradient is not zero, and
 * only these are listed and multiplied.
 */

import { addFilterLists, addFilterListsClipped, listOf } from "./conv_filter_lists";
import { enterFrame, leaveFrame } from "./conv_frame";
import { addInputLists } from "./conv_input_lists";
import { aligned, ConvShape, ENTRY } from "./conv_shape";
import { turnFilter, turnFilterBack } from "./conv_transpose";
import { FLOAT } from "./simd";

/** Bytes of scratch that `convReluPoolGrad` works in. */
export function convReluPoolGradScratch(
  shape: ConvShape,
  pooled: i32,
): usize {
  return shape.frame + 2 * turnedBytes(shape) +
    2 * aligned(<usize> shape.pixels * 4 + 4) +
    aligned(<usize> shape.outChannels * 4) +
    listOf(0, shape.outChannels, pooled) + ENTRY;
}

function turnedBytes(shape: ConvShape): usize {
  return aligned(shape.paddedWindow * <usize> shape.outChannels);
}

/**
 * @param pooled Pixels of an image of dy.
 * @param dx 0 where it is not wanted.
 * @param clipped True where a value of dy is not finite and x is padded.
 */
export function convReluPoolGrad(
  shape: ConvShape,
  pooled: i32,
  x: usize,
  filter: usize,
  dy: usize,
  route: usize,
  dx: usize,
  dFilter: usize,
  dBias: usize,
  scratch: usize,
  clipped: bool,
): void {
  const channels = <usize> shape.outChannels;
  const frame = scratch;
  const turned = frame + shape.frame;
  const sums = turned + turnedBytes(shape);
  const windows = sums + turnedBytes(shape);
  const pixelEnds = windows + aligned(<usize> shape.pixels * 4 + 4);
  const ends = pixelEnds + aligned(<usize> shape.pixels * 4 + 4);
  const lists = ends + aligned(channels * 4);
  if (dx) turnFilter(shape, filter, turned);
  listWindows(shape, frame, windows);
  memory.fill(sums, 0, shape.paddedWindow * channels);
  memory.fill(dBias, 0, channels * FLOAT);
  const pooledBytes = <usize> pooled * channels * FLOAT;
  for (let b = 0; b < shape.batch; b++) {
    enterFrame(shape, x, frame);
    listByChannel(shape, pooled, dy, route, windows, lists, ends, dBias);
    if (clipped) {
      addFilterListsClipped(shape, frame, lists, ends, pooled, sums);
    } else addFilterLists(shape, lists, ends, pooled, sums);
    if (dx) {
      listByPixel(shape, pooled, dy, route, turned, lists, pixelEnds);
      memory.fill(frame, 0, shape.frame);
      addInputLists(shape, lists, pixelEnds, frame);
      leaveFrame(shape, frame, dx);
      dx += shape.image;
    }
    x += shape.image;
    dy += pooledBytes;
    route += pooledBytes;
  }
  turnFilterBack(shape, sums, dFilter);
}

/** Where in the frame the window of each pixel begins. */
function listWindows(shape: ConvShape, frame: usize, windows: usize): void {
  for (let i = 0; i < shape.outHeight; i++) {
    for (let j = 0; j < shape.outWidth; j++) {
      store<usize>(windows, frame + shape.windowAt(i, j));
      windows += 4;
    }
  }
}

/**
 * For each channel the windows that its values have read, and the bias.
 * Without a branch: what has no route is overwritten by the next entry.
 */
function listByChannel(
  shape: ConvShape,
  pooled: i32,
  dy: usize,
  route: usize,
  windows: usize,
  lists: usize,
  ends: usize,
  dBias: usize,
): void {
  const pixels = <u32> shape.pixels;
  const step = <usize> shape.outChannels * FLOAT;
  for (let channel = 0; channel < shape.outChannels; channel++) {
    let entry = listOf(lists, channel, pooled);
    let sum: f32 = 0;
    let at: usize = <usize> channel * FLOAT;
    for (let p = 0; p < pooled; p++) {
      const pixel = load<u32>(route + at);
      const value = load<f32>(dy + at);
      const alive = pixel < pixels;
      // Behind the last pixel there is room for a window that nobody reads.
      store<usize>(entry, load<usize>(windows + (min(pixel, pixels) << 2)));
      store<f32>(entry, value, 4);
      entry += <usize> alive << 3;
      sum += alive ? value : 0;
      at += step;
    }
    store<usize>(ends + (<usize> channel << 2), entry);
    const bias = dBias + (<usize> channel << 2);
    store<f32>(bias, load<f32>(bias) + sum);
  }
}

/**
 * For each pixel of the convolution's output the filters of the channels that
 * went there: a counting sort by pixel. What has no route comes last, behind
 * the list of the last pixel.
 */
function listByPixel(
  shape: ConvShape,
  pooled: i32,
  dy: usize,
  route: usize,
  turned: usize,
  lists: usize,
  ends: usize,
): void {
  const pixels = <u32> shape.pixels;
  const count = <usize> (pooled * shape.outChannels);
  memory.fill(ends, 0, <usize> (pixels + 1) << 2);
  for (let n: usize = 0; n < count; n++) {
    const end = ends + (min(load<u32>(route + (n << 2)), pixels) << 2);
    store<usize>(end, load<usize>(end) + ENTRY);
  }
  let start = lists;
  for (let pixel: usize = 0; pixel <= pixels; pixel++) {
    const bytes = load<usize>(ends + (pixel << 2));
    store<usize>(ends + (pixel << 2), start);
    start += bytes;
  }
  const window = shape.paddedWindow;
  for (let p = 0; p < pooled; p++) {
    let at = turned;
    for (let channel = 0; channel < shape.outChannels; channel++) {
      const end = ends + (min(load<u32>(route), pixels) << 2);
      const entry = load<usize>(end);
      store<usize>(entry, at);
      store<f32>(entry, load<f32>(dy), 4);
      store<usize>(end, entry + ENTRY);
      at += window;
      route += 4;
      dy += FLOAT;
    }
  }
}
