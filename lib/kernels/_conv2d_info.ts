/**
 * Shapes, strides and padding of a convolution, from a kernel's attributes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The attributes that the convolution kernels share. */
export interface Conv2dAttrs {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  dataFormat: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * @param tried Begins the error, as in `compute the input gradient`.
 * @throws {RangeError} If the layout is not NHWC: the backend has no other.
 */
export function conv2dInfo(
  tried: string,
  inShape: number[],
  filterShape: number[],
  { strides, pad, dataFormat, dimRoundingMode }: Conv2dAttrs,
): tf.backend_util.Conv2DInfo {
  if (dataFormat !== "NHWC") {
    throw new RangeError(
      `Cannot ${tried} as the data format must be NHWC: current format is ${dataFormat}`,
    );
  }
  return tf.backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}
