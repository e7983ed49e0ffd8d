/**
 * The input gradient from lists: for each pixel of dy its non-zeros, each with
 * the filter of its channel, turned (`conv_transpose.ts`).
 *
 * Stretches are the outer loop and pixels the inner one: of all filters only
 * the stretch is read, 12 KB with 64 channels, which stays in L1.
 */

import { addList, stretch } from "./conv_list";
import { ConvShape } from "./conv_shape";

/**
 * Adds one image to a frame of dx.
 *
 * @param lists All entries, pixel by pixel.
 * @param ends For each pixel the end of its list.
 */
export function addInputLists(
  shape: ConvShape,
  lists: usize,
  ends: usize,
  frame: usize,
): void {
  const row = shape.paddedRow;
  const step = shape.windowAt(0, 1);
  const mask = lastLanes(shape.rowValues);
  for (let r = 0; r < shape.filterHeight; r++) {
    let done: usize = 0;
    while (done < row) {
      const bytes = stretch(row - done, mask);
      const last = done + bytes == row ? mask : i32x4.splat(-1);
      const offset = <usize> r * row + done;
      let from = lists;
      let end = ends;
      for (let i = 0; i < shape.outHeight; i++) {
        let out = frame + shape.windowAt(i, 0) + <usize> r * shape.frameRow +
          done;
        for (let j = 0; j < shape.outWidth; j++) {
          const to = load<usize>(end);
          if (from < to) addList(from, to, offset, out, bytes, last);
          from = to;
          end += 4;
          out += step;
        }
      }
      done += bytes;
    }
  }
}

/** The lanes of a run's last vector that belong to it. */
function lastLanes(values: i32): v128 {
  const lanes = ((values + 3) & 3) + 1;
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
}
