/**
 * The input gradient from lists: for each pixel of dy its non-zeros, each with
 * the filter of its channel, turned (`conv_transpose.ts`).
 *
 * A segment is a pixel's list: where its window begins in the frame, its first
 * entry, and the end. Stretches are the outer loop and segments the inner one:
 * of all filters only the stretch is read, 12 KB with 64 channels, which stays
 * in L1.
 */

import { add1, add12, add4, stretch } from "./conv_list";
import { ConvShape } from "./conv_shape";

/** Bytes of a segment. */
export const SEGMENT: usize = 12;

/** Begins a segment; it is to be ended. */
// @ts-ignore: decorator
@inline
export function addSegment(segment: usize, at: usize, from: usize): usize {
  store<usize>(segment, at);
  store<usize>(segment, from, 4);
  return segment;
}

/** Ends a segment; returns where the next one begins. */
// @ts-ignore: decorator
@inline
export function endSegment(segment: usize, to: usize): usize {
  store<usize>(segment, to, 8);
  return segment + SEGMENT;
}

/** Adds one image to a frame of dx. */
export function addInputLists(
  shape: ConvShape,
  segments: usize,
  stop: usize,
  frame: usize,
): void {
  const row = shape.paddedRow;
  const mask = lastLanes(shape.rowValues);
  for (let r = 0; r < shape.filterHeight; r++) {
    let done: usize = 0;
    while (done < row) {
      const bytes = stretch(row - done, mask);
      const last = done + bytes == row ? mask : i32x4.splat(-1);
      const offset = <usize> r * row + done;
      const out = frame + <usize> r * shape.frameRow + done;
      addStretch(segments, stop, offset, out, bytes, last);
      done += bytes;
    }
  }
}

/** Adds a stretch of all segments, a loop for each number of vectors. */
function addStretch(
  segments: usize,
  stop: usize,
  offset: usize,
  out: usize,
  bytes: usize,
  mask: v128,
): void {
  if (bytes == 192) {
    for (let at = segments; at < stop; at += SEGMENT) {
      const window = out + load<usize>(at);
      add12(load<usize>(at, 4), load<usize>(at, 8), offset, window);
    }
  } else if (bytes == 64) {
    for (let at = segments; at < stop; at += SEGMENT) {
      const window = out + load<usize>(at);
      add4(load<usize>(at, 4), load<usize>(at, 8), offset, window);
    }
  } else {
    for (let at = segments; at < stop; at += SEGMENT) {
      const window = out + load<usize>(at);
      add1(load<usize>(at, 4), load<usize>(at, 8), offset, window, mask);
    }
  }
}

/** The lanes of a run's last vector that belong to it. */
function lastLanes(values: i32): v128 {
  const lanes = ((values + 3) & 3) + 1;
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
}
