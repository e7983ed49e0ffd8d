/**
 * Shapes, strides and padding of a pooling, from a kernel's attributes.
 *
 * @module
 */

import { backend_util } from "@tensorflow/tfjs";
import type { PoolSizes } from "./_wasm_exports.ts";

/** The attributes that the pooling kernels share. */
export interface PoolAttrs {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** @param inShape [batch, inHeight, inWidth, channels]. */
export function poolInfo(
  inShape: number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttrs,
): backend_util.Conv2DInfo {
  return backend_util.computePool2DInfo(
    inShape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** The same, as the WebAssembly kernels take it. */
export function poolSizes(info: backend_util.Conv2DInfo): PoolSizes {
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}

/**
 * The same for a gradient. TensorFlow.js does not tell it in which direction
 * the output's size was rounded, but dy has that size.
 */
export function poolGradSizes(
  inShape: number[],
  dyShape: number[],
  attrs: PoolAttrs,
): PoolSizes {
  const [, outHeight, outWidth] = dyShape as [number, number, number];
  return poolSizes({ ...poolInfo(inShape, attrs), outHeight, outWidth });
}
