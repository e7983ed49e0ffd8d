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
import {
  addInputLists,
  addSegment,
  endSegment,
  SEGMENT,
} from "./conv_input_lists";
import { aligned, ConvShape, ENTRY } from "./conv_shape";
import { turnFilter, turnFilterBack } from "./conv_transpose";
import { FLOAT } from "./simd";

/** Bytes of scratch that `convReluPoolGrad` works in. */
export function convReluPoolGradScratch(
  shape: ConvShape,
  pooled: i32,
): usize {
  return shape.frame + 2 * turnedBytes(shape) +
    endsBytes(shape) + listOf(0, shape.outChannels, pooled) + ENTRY +
    <usize> (pooled * shape.outChannels) * SEGMENT;
}

/** The ends of all lists, in whole vectors. */
function endsBytes(shape: ConvShape): usize {
  return aligned(<usize> shape.outChannels * 4 + 12);
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
  const ends = sums + turnedBytes(shape);
  const lists = ends + endsBytes(shape);
  const segments = lists + listOf(0, shape.outChannels, pooled) + ENTRY;
  if (dx) turnFilter(shape, filter, turned);
  memory.fill(sums, 0, shape.paddedWindow * channels);
  memory.fill(dBias, 0, channels * FLOAT);
  const pooledBytes = <usize> pooled * channels * FLOAT;
  for (let b = 0; b < shape.batch; b++) {
    enterFrame(shape, x, frame);
    addBias(shape, pooled, dy, route, dBias);
    listByChannel(shape, pooled, dy, route, frame, lists, ends);
    if (clipped) {
      addFilterListsClipped(shape, frame, lists, ends, pooled, sums);
    } else addFilterLists(shape, lists, ends, pooled, sums);
    if (dx) {
      const stop = listByPixel(
        shape,
        pooled,
        dy,
        route,
        turned,
        lists,
        segments,
      );
      memory.fill(frame, 0, shape.frame);
      addInputLists(shape, segments, stop, frame);
      leaveFrame(shape, frame, dx);
      dx += shape.image;
    }
    x += shape.image;
    dy += pooledBytes;
    route += pooledBytes;
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
 * For each channel the windows that its values have read. What has no route
 * is overwritten by the next entry: a branch would be mispredicted half of the
 * time, and a select is a branch in V8.
 *
 * Four channels at a time. A route's row is route / outWidth, by floats: it is
 * half a pixel away from the next row, far more than floats are wrong below
 * 2^21 pixels; adding 1.5 · 2^23 leaves it in the lowest bits.
 */
function listByChannel(
  shape: ConvShape,
  pooled: i32,
  dy: usize,
  route: usize,
  frame: usize,
  lists: usize,
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
    const count = min(4, channels - channel);
    let e0 = listOf(lists, channel, pooled);
    // Of lists that do not exist, a first entry is written behind the last.
    let e1 = listOf(lists, channel + min(1, count), pooled);
    let e2 = listOf(lists, channel + min(2, count), pooled);
    let e3 = listOf(lists, channel + min(3, count), pooled);
    let at: usize = <usize> channel * FLOAT;
    const stop = at + <usize> pooled * pixel;
    for (; at < stop; at += pixel) {
      const routes = load4(route + at, count);
      const values = load4(dy + at, count);
      const row = i32x4.sub(
        f32x4.add(
          f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(routes), inverse), half),
          magic,
        ),
        magic,
      );
      const windows = i32x4.add(
        i32x4.add(begin, i32x4.mul(routes, step)),
        i32x4.mul(row, jump),
      );
      const alive = <usize> i32x4.bitmask(i32x4.lt_u(routes, pixels));
      const low = v128.shuffle<i32>(windows, values, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(windows, values, 2, 6, 3, 7);
      v128.store64_lane(e0, low, 0);
      v128.store64_lane(e1, low, 1);
      v128.store64_lane(e2, high, 0);
      v128.store64_lane(e3, high, 1);
      e0 += (alive & 1) << 3;
      e1 += (alive & 2) << 2;
      e2 += (alive & 4) << 1;
      e3 += alive & 8;
    }
    const end = ends + (<usize> channel << 2);
    store<usize>(end, e0);
    store<usize>(end, e1, 4);
    store<usize>(end, e2, 8);
    store<usize>(end, e3, 12);
  }
}

/** Four values, or -1 (as a float: NaN) for those behind `count`. */
// @ts-ignore: decorator
@inline
function load4(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  let values = v128.load32_lane(from, i32x4.splat(-1), 0);
  if (count > 1) values = v128.load32_lane(from + 4, values, 1);
  if (count > 2) values = v128.load32_lane(from + 8, values, 2);
  return values;
}

/**
 * For each pixel of the convolution's output that has been a route the filters
 * of the channels that went there, up to 64 channels at a time: of one pooled
 * pixel all have one of a few routes, so that each is compared with all, and
 * only the matches are walked.
 *
 * @returns The end of the segments.
 */
function listByPixel(
  shape: ConvShape,
  pooled: i32,
  dy: usize,
  route: usize,
  turned: usize,
  lists: usize,
  segments: usize,
): usize {
  const pixels = <u32> shape.pixels;
  const outWidth = <u32> shape.outWidth;
  const channels = shape.outChannels;
  const window = shape.paddedWindow;
  const rowStep = shape.windowAt(1, 0);
  const step = shape.windowAt(0, 1);
  let entry = lists;
  for (let p = 0; p < pooled; p++) {
    for (let first = 0; first < channels; first += 64) {
      const count = min(64, channels - first);
      const filters = turned + <usize> first * window;
      let rest = routed(route, count, pixels);
      while (rest) {
        const pixel = load<u32>(route + (<usize> ctz(rest) << 2));
        let match = matches(route, count, pixel);
        rest &= ~match;
        const at = pixel / outWidth * rowStep + pixel % outWidth * step;
        segments = addSegment(segments, at, entry);
        for (; match; match &= match - 1) {
          const channel = <usize> ctz(match);
          store<usize>(entry, filters + channel * window);
          store<f32>(entry, load<f32>(dy + (channel << 2)), 4);
          entry += ENTRY;
        }
        segments = endSegment(segments, entry);
      }
      route += <usize> count << 2;
      dy += <usize> count << 2;
    }
  }
  return segments;
}

/** Bit by bit, which of up to 64 routes are some pixel. */
function routed(route: usize, count: i32, pixels: u32): u64 {
  const limit = i32x4.splat(pixels);
  let bits: u64 = 0;
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const alive = i32x4.lt_u(v128.load(route), limit);
    bits |= <u64> i32x4.bitmask(alive) << n;
    route += 16;
  }
  for (; n < count; n++) {
    bits |= <u64> (load<u32>(route) < pixels) << n;
    route += 4;
  }
  return bits;
}

/** Bit by bit, which of up to 64 routes are this pixel. */
function matches(route: usize, count: i32, pixel: u32): u64 {
  const wanted = i32x4.splat(pixel);
  let bits: u64 = 0;
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const same = i32x4.eq(v128.load(route), wanted);
    bits |= <u64> i32x4.bitmask(same) << n;
    route += 16;
  }
  for (; n < count; n++) {
    bits |= <u64> (load<u32>(route) == pixel) << n;
    route += 4;
  }
  return bits;
}
