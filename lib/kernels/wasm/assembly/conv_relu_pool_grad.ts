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
 *
 * One list serves both gradients. [16, 13, 13, 32] with 64 filters of 3x3, half
 * of the routes -1, us an image, medians on one core of an AMD EPYC (Zen 5):
 *
 * 1. selects in the listing, lists by pixel   55, without dx 43
 * 2. no branch, no select                     46, without dx 21
 * 3. four channels at a time                  39, without dx 19
 * 4. four images a list, dx by scattering     39, without dx 16
 *
 * First layer, [16, 28, 28, 1] with 32 filters, without dx: 34, 14, 9, 8.
 */

import { enterFrame, leaveFrame } from "./conv_frame";
import {
  addFilterLists,
  addFilterListsClipped,
  addInputLists,
  append4,
  clearLists,
  endsBytes,
  GROUP,
  listsBytes,
  load4,
  turnedBytes,
} from "./conv_lists";
import { ConvShape } from "./conv_shape";
import { turnFilter, turnFilterBack } from "./conv_transpose";
import { FLOAT } from "./simd";

/** Bytes of scratch that `convReluPoolGrad` works in. */
export function convReluPoolGradScratch(
  shape: ConvShape,
  pooled: i32,
): usize {
  return 2 * GROUP * shape.frame + 2 * turnedBytes(shape) +
    endsBytes(shape) + listsBytes(shape, pooled);
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
  const group = GROUP * shape.frame;
  const frames = scratch;
  const turned = frames + 2 * group;
  const sums = turned + turnedBytes(shape);
  const ends = sums + turnedBytes(shape);
  const lists = ends + endsBytes(shape);
  const pooledBytes = <usize> (pooled * shape.outChannels) * FLOAT;
  if (dx) turnFilter(shape, filter, turned);
  memory.fill(sums, 0, turnedBytes(shape));
  memory.fill(dBias, 0, <usize> shape.outChannels * FLOAT);
  for (let first = 0; first < shape.batch; first += GROUP) {
    const count = min(GROUP, shape.batch - first);
    clearLists(shape, lists, ends, pooled);
    let frame = frames;
    for (let n = 0; n < count; n++) {
      enterFrame(shape, x, frame);
      addBias(shape, pooled, dy, route, dBias);
      listRoutes(shape, pooled, dy, route, frame, ends);
      x += shape.image;
      dy += pooledBytes;
      route += pooledBytes;
      frame += shape.frame;
    }
    if (clipped) {
      addFilterListsClipped(shape, frames, lists, ends, pooled, sums);
    } else addFilterLists(shape, lists, ends, pooled, sums);
    if (!dx) continue;
    memory.fill(frames + group, 0, group);
    addInputLists(shape, lists, ends, pooled, turned, group);
    frame = frames + group;
    for (let n = 0; n < count; n++) {
      leaveFrame(shape, frame, dx);
      dx += shape.image;
      frame += shape.frame;
    }
  }
  turnFilterBack(shape, sums, dFilter);
}

/** dBias += the values of an image that have a route. */
function addBias(
  shape: ConvShape,
  pooled: i32,
  dy: usize,
  route: usize,
  dBias: usize,
): void {
  const channels = shape.outChannels;
  const pixels = <u32> shape.pixels;
  const limit = i32x4.splat(pixels);
  const step = <usize> channels * FLOAT;
  let channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    let at = <usize> channel * FLOAT;
    let sum = v128.load(dBias + at);
    for (let p = 0; p < pooled; p++) {
      const alive = i32x4.lt_u(v128.load(route + at), limit);
      sum = f32x4.add(sum, v128.and(v128.load(dy + at), alive));
      at += step;
    }
    v128.store(dBias + (<usize> channel << 2), sum);
  }
  for (; channel < channels; channel++) {
    let at = <usize> channel * FLOAT;
    let sum = load<f32>(dBias + at);
    for (let p = 0; p < pooled; p++) {
      if (load<u32>(route + at) < pixels) sum += load<f32>(dy + at);
      at += step;
    }
    store<f32>(dBias + (<usize> channel << 2), sum);
  }
}

/**
 * Lists an image, four channels at a time.
 *
 * A route's row is route / outWidth, by floats: it is half a pixel away from
 * the next row, far more than floats are wrong below 2^21 pixels; adding
 * 1.5 · 2^23 leaves it in the lowest bits.
 */
function listRoutes(
  shape: ConvShape,
  pooled: i32,
  dy: usize,
  route: usize,
  frame: usize,
  ends: usize,
): void {
  const channels = shape.outChannels;
  const pixels = i32x4.splat(shape.pixels);
  const begin = i32x4.splat(frame);
  const step = i32x4.splat(shape.windowAt(0, 1));
  // From the end of a row to the next.
  const jump = i32x4.splat(
    shape.windowAt(1, 0) - shape.windowAt(0, shape.outWidth),
  );
  const inverse = f32x4.splat(1 / <f32> shape.outWidth);
  const half = f32x4.splat(0.5 / <f32> shape.outWidth - 0.5);
  const magic = f32x4.splat(12582912);
  const pixel = <usize> channels * FLOAT;
  for (let channel = 0; channel < channels; channel += 4) {
    const count = channels - channel;
    let at: usize = <usize> channel * FLOAT;
    const stop = at + <usize> pooled * pixel;
    for (; at < stop; at += pixel) {
      // Behind the last channel the route is -1.
      const routes = load4(route + at, count);
      const position = f32x4.mul(f32x4.convert_i32x4_s(routes), inverse);
      const row = i32x4.sub(
        f32x4.add(f32x4.add(position, half), magic),
        magic,
      );
      const windows = i32x4.add(
        i32x4.add(begin, i32x4.mul(routes, step)),
        i32x4.mul(row, jump),
      );
      const alive = i32x4.lt_u(routes, pixels);
      append4(ends, windows, load4(dy + at, count), alive);
    }
    ends += 16;
  }
}
