/**
 * The filter gradient from lists: for each output channel the windows of x
 * that a non-zero of dy has read, and that value.
 *
 * The sums lie transposed, [outChannels, filterHeight, padded row], and become
 * [filterHeight, filterWidth, inChannels, outChannels] at the end.
 */

import { add1, add12, add4, addThinRows, stretch } from "./conv_list";
import { ConvShape, ENTRY } from "./conv_shape";
import { FLOAT } from "./simd";

/** Where the list of a channel begins; each may hold `capacity` entries. */
// @ts-ignore: decorator
@inline
export function listOf(lists: usize, channel: i32, capacity: i32): usize {
  return lists + <usize> (channel * capacity) * ENTRY;
}

/** Adds one image. `ends` holds for each channel the end of its list. */
export function addFilterLists(
  shape: ConvShape,
  lists: usize,
  ends: usize,
  capacity: i32,
  sums: usize,
): void {
  const row = shape.paddedRow;
  const frameRow = shape.frameRow;
  const all = i32x4.splat(-1);
  for (let channel = 0; channel < shape.outChannels; channel++) {
    const from = listOf(lists, channel, capacity);
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
        const bytes = stretch(row - done, all);
        const at = offset + done;
        const out = sums + done;
        if (bytes == 192) add12(from, to, at, out);
        else if (bytes == 64) add4(from, to, at, out);
        else add1(from, to, at, out, all);
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
 * @param frame Where the entries' addresses begin.
 */
export function addFilterListsClipped(
  shape: ConvShape,
  frame: usize,
  lists: usize,
  ends: usize,
  capacity: i32,
  sums: usize,
): void {
  const channels = shape.inChannels;
  for (let channel = 0; channel < shape.outChannels; channel++) {
    const to = load<usize>(ends + (<usize> channel << 2));
    for (
      let entry = listOf(lists, channel, capacity);
      entry < to;
      entry += ENTRY
    ) {
      const at = load<usize>(entry);
      const value = load<f32>(entry, 4);
      const top = <i32> ((at - frame) / shape.frameRow) - shape.padTop;
      const left = <i32> ((at - frame) % shape.frameRow / FLOAT) / channels -
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
