/**
 * Both gradients from lists: for each output channel the windows, in frames,
 * that were read for what is not zero in dy, and that value. A group of images
 * makes one list: a list's cost is in its ends, where a branch is mispredicted
 * and the sums are loaded and stored.
 *
 * Filters lie turned, [outChannels, filterHeight, padded row].
 */

import { add1, add12, add4, addThinRows, stretch } from "./conv_list";
import { scatter1, scatter12, scatter4 } from "./conv_scatter";
import { aligned, ConvShape, ENTRY } from "./conv_shape";
import { FLOAT } from "./simd";

/**
 * Images that make one list. The filter gradient of the middle layer takes
 * 17.8, 16.8, 16.0 and 17.1 us an image with 1, 2, 4 and 8: medians of one run
 * each, so 4 is hardly told from 2.
 */
export const GROUP: i32 = 4;

/** Bytes of the ends of all lists, in whole vectors. */
export function endsBytes(shape: ConvShape): usize {
  return aligned(<usize> shape.outChannels * 4 + 12);
}

/**
 * Bytes of all lists.
 *
 * @param entries The most that an image adds to a list.
 */
export function listsBytes(shape: ConvShape, entries: i32): usize {
  // What is not listed is written behind the last entry, also of the last list.
  return aligned(listOf(0, shape.outChannels, entries) + ENTRY);
}

/** Bytes of a turned filter. */
export function turnedBytes(shape: ConvShape): usize {
  return aligned(shape.paddedWindow * <usize> shape.outChannels);
}

/** Where the list of a channel begins. */
// @ts-ignore: decorator
@inline
function listOf(lists: usize, channel: i32, entries: i32): usize {
  return lists + <usize> (channel * entries * GROUP) * ENTRY;
}

/** Empties the lists, also those that a vector of channels has too many. */
export function clearLists(
  shape: ConvShape,
  lists: usize,
  ends: usize,
  entries: i32,
): void {
  const last = shape.outChannels;
  for (let channel = 0; channel < last + 3; channel++) {
    const end = ends + (<usize> channel << 2);
    store<usize>(end, listOf(lists, min(channel, last), entries));
  }
}

/**
 * Appends to four lists what is alive. What is not is overwritten by the next
 * entry: a branch would often be mispredicted, and a select is one in V8.
 */
// @ts-ignore: decorator
@inline
export function append4(
  ends: usize,
  windows: v128,
  values: v128,
  alive: v128,
): void {
  const bits = <usize> i32x4.bitmask(alive);
  const low = v128.shuffle<i32>(windows, values, 0, 4, 1, 5);
  const high = v128.shuffle<i32>(windows, values, 2, 6, 3, 7);
  const e0 = load<usize>(ends), e1 = load<usize>(ends, 4);
  const e2 = load<usize>(ends, 8), e3 = load<usize>(ends, 12);
  v128.store64_lane(e0, low, 0);
  v128.store64_lane(e1, low, 1);
  v128.store64_lane(e2, high, 0);
  v128.store64_lane(e3, high, 1);
  store<usize>(ends, e0 + ((bits & 1) << 3));
  store<usize>(ends, e1 + ((bits & 2) << 2), 4);
  store<usize>(ends, e2 + ((bits & 4) << 1), 8);
  store<usize>(ends, e3 + (bits & 8), 12);
}

/** Four values; for those behind `count`, the bits of -1. */
// @ts-ignore: decorator
@inline
export function load4(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  let values = v128.load32_lane(from, i32x4.splat(-1), 0);
  if (count > 1) values = v128.load32_lane(from + 4, values, 1);
  if (count > 2) values = v128.load32_lane(from + 8, values, 2);
  return values;
}

/** The lanes before `count`. */
// @ts-ignore: decorator
@inline
export function lanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/**
 * Lists an image of dy.
 *
 * @param zeros True to list the zeros as well.
 */
export function listImage(
  shape: ConvShape,
  dy: usize,
  frame: usize,
  ends: usize,
  zeros: bool,
): void {
  const channels = shape.outChannels;
  const pixel = <usize> channels * FLOAT;
  const zero = f32x4.splat(0);
  const all = i32x4.splat(-<i32> zeros);
  const step = shape.windowAt(0, 1);
  for (let channel = 0; channel < channels; channel += 4) {
    const count = channels - channel;
    const some = lanes(count);
    let at = dy + <usize> channel * FLOAT;
    for (let i = 0; i < shape.outHeight; i++) {
      let window = frame + shape.windowAt(i, 0);
      const stop = at + <usize> shape.outWidth * pixel;
      for (; at < stop; at += pixel) {
        const values = load4(at, count);
        const alive = v128.or(f32x4.ne(values, zero), all);
        append4(ends, i32x4.splat(window), values, v128.and(alive, some));
        window += step;
      }
    }
    ends += 16;
  }
}

/** Adds the filter gradient of the lists. */
export function addFilterLists(
  shape: ConvShape,
  lists: usize,
  ends: usize,
  entries: i32,
  sums: usize,
): void {
  const row = shape.paddedRow;
  const frameRow = shape.frameRow;
  for (let channel = 0; channel < shape.outChannels; channel++) {
    const from = listOf(lists, channel, entries);
    const to = load<usize>(ends + (<usize> channel << 2));
    let r = 0;
    let offset: usize = 0;
    if (row == 16) {
      for (; r + 3 <= shape.filterHeight; r += 3) {
        addThinRows(from, to, offset, frameRow, sums);
        offset += 3 * frameRow;
        sums += 48;
      }
    }
    for (; r < shape.filterHeight; r++) {
      let done: usize = 0;
      while (done < row) {
        const bytes = stretch(row - done);
        const at = offset + done;
        const out = sums + done;
        if (bytes == 192) add12(from, to, at, out);
        else if (bytes == 64) add4(from, to, at, out);
        else add1(from, to, at, out);
        done += bytes;
      }
      offset += frameRow;
      sums += row;
    }
  }
}

/**
 * The same without the padding's part, in plain loops: where a value of dy is
 * not finite, zeros of the padding would make NaN of it.
 *
 * @param frames The frames that the entries point to.
 */
export function addFilterListsClipped(
  shape: ConvShape,
  frames: usize,
  lists: usize,
  ends: usize,
  entries: i32,
  sums: usize,
): void {
  const channels = shape.inChannels;
  for (let channel = 0; channel < shape.outChannels; channel++) {
    const to = load<usize>(ends + (<usize> channel << 2));
    for (
      let entry = listOf(lists, channel, entries);
      entry < to;
      entry += ENTRY
    ) {
      const at = load<usize>(entry);
      const value = load<f32>(entry, 4);
      const inFrame = (at - frames) % shape.frame;
      const top = <i32> (inFrame / shape.frameRow) - shape.padTop;
      const left = <i32> (inFrame % shape.frameRow / FLOAT) / channels -
        shape.padLeft;
      for (let r = 0; r < shape.filterHeight; r++) {
        if (top + r < 0 || top + r >= shape.inHeight) continue;
        for (let s = 0; s < shape.filterWidth; s++) {
          if (left + s < 0 || left + s >= shape.inWidth) continue;
          const x = at + <usize> r * shape.frameRow;
          const out = sums + <usize> r * shape.paddedRow;
          for (let c = s * channels; c < (s + 1) * channels; c++) {
            const k = <usize> c * FLOAT;
            store<f32>(out + k, load<f32>(out + k) + value * load<f32>(x + k));
          }
        }
      }
    }
    sums += shape.paddedWindow;
  }
}

/**
 * Adds the input gradient of the lists to frames of dx.
 *
 * @param turned The filter, turned.
 * @param offset Bytes from the frames of x, where the entries point to, to
 *   those of dx.
 */
export function addInputLists(
  shape: ConvShape,
  lists: usize,
  ends: usize,
  entries: i32,
  turned: usize,
  offset: usize,
): void {
  const row = shape.paddedRow;
  const frameRow = shape.frameRow;
  const values = shape.rowValues;
  const mask = lanes(((values + 3) & 3) + 1);
  // A vector of which only some lanes belong to the row is added alone.
  const whole = <usize> (values & ~3) * FLOAT;
  const every = i32x4.splat(-1);
  for (let channel = 0; channel < shape.outChannels; channel++) {
    const from = listOf(lists, channel, entries);
    const to = load<usize>(ends + (<usize> channel << 2));
    let at = offset;
    for (let r = 0; r < shape.filterHeight; r++) {
      let done: usize = 0;
      while (done < whole) {
        const bytes = stretch(whole - done);
        const run = turned + done;
        if (bytes == 192) scatter12(from, to, at + done, run);
        else if (bytes == 64) scatter4(from, to, at + done, run);
        else scatter1(from, to, at + done, run, every);
        done += bytes;
      }
      if (done < row) scatter1(from, to, at + done, turned + done, mask);
      at += frameRow;
      turned += row;
    }
  }
}
