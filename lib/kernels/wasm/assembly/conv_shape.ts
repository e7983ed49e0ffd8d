/**
 * The sizes of a convolution, as the caller lays them into memory, and what
 * the gradients derive from them.
 *
 * A frame is an image of x (or dx) with its padding around it: exactly the
 * rows and columns that some window looks at. In it each row of a window,
 * filterWidth · inChannels values, is one run of memory.
 */

import { FLOAT } from "./simd";

/** Bytes of an entry of a list: an address and a value. */
export const ENTRY: usize = 8;

/** Bytes behind a frame that a tile of 6 values may read over its end. */
const SLACK: usize = 32;

/** i32 each, in this order. */
@unmanaged
export class ConvShape {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padTop: i32;
  padLeft: i32;

  /** Pixels of an image of dy. */
  get pixels(): i32 {
    return this.outHeight * this.outWidth;
  }

  /** Values in a row of a window. */
  get rowValues(): i32 {
    return this.filterWidth * this.inChannels;
  }

  /** Bytes of a row of a window, in whole vectors. */
  get paddedRow(): usize {
    return <usize> ((this.rowValues + 3) & ~3) * FLOAT;
  }

  /** Bytes of a window whose rows are padded, one row behind the other. */
  get paddedWindow(): usize {
    return this.paddedRow * <usize> this.filterHeight;
  }

  /** Rows of a frame. */
  get frameHeight(): i32 {
    return (this.outHeight - 1) * this.strideHeight + this.filterHeight;
  }

  /** Columns of a frame. */
  get frameWidth(): i32 {
    return (this.outWidth - 1) * this.strideWidth + this.filterWidth;
  }

  /** Bytes of a row of a frame. */
  get frameRow(): usize {
    return <usize> (this.frameWidth * this.inChannels) * FLOAT;
  }

  /** Bytes of a frame, slack included. */
  get frame(): usize {
    return aligned(this.frameRow * <usize> this.frameHeight + SLACK);
  }

  /** Bytes of an image of x. */
  get image(): usize {
    return <usize> (this.inHeight * this.inWidth * this.inChannels) * FLOAT;
  }

  /** Where the window of output pixel (i, j) begins in a frame, in bytes. */
  windowAt(i: i32, j: i32): usize {
    return <usize> (i * this.strideHeight) * this.frameRow +
      <usize> (j * this.strideWidth * this.inChannels) * FLOAT;
  }
}

/** `bytes`, up to the next cache line. */
export function aligned(bytes: usize): usize {
  return (bytes + 63) & ~63;
}
