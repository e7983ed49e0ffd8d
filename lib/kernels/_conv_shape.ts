/**
 * The sizes of a convolution in the backend's memory, as the gradients in
 * `wasm/assembly/conv_shape.ts` read them.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { withScratch, writeInt32s } from "./_wasm_module.ts";

/**
 * Runs `fn` with the sizes and with scratch memory, both freed afterwards.
 *
 * @param scratchBytes How much, by the address of the sizes.
 */
export function withConvShape(
  backend: BackendWasm,
  info: backend_util.Conv2DInfo,
  scratchBytes: (shape: number) => number,
  fn: (shape: number, scratch: number) => void,
): void {
  const sizes = convSizes(info);
  withScratch(backend, sizes.length * 4, (shape) => {
    writeInt32s(backend, shape, sizes);
    withScratch(backend, scratchBytes(shape), (scratch) => fn(shape, scratch));
  });
}

/** The sizes in the order in which they lie in memory, an i32 each. */
export function convSizes(info: backend_util.Conv2DInfo): number[] {
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}

/** Whether some window reads beyond the image. */
export function isPadded(info: backend_util.Conv2DInfo): boolean {
  const { top, left } = info.padInfo;
  const bottom = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const right = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  return top > 0 || left > 0 || bottom - top > info.inHeight ||
    right - left > info.inWidth;
}

/** Values of x in a window. */
export function windowSize(info: backend_util.Conv2DInfo): number {
  return info.filterHeight * info.filterWidth * info.inChannels;
}
