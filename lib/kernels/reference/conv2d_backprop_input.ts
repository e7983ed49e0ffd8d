/**
 * The input gradient of a 2D convolution in plain loops: the definition that
 * the kernel is proved against.
 *
 * dx[b, i·strideHeight + r − padTop, j·strideWidth + s − padLeft, c] +=
 *   dy[b, i, j, k] · filter[r, s, c, k]
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param dy Gradient of the output, [batch, outHeight, outWidth, outChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param info Shapes, strides and padding; dilations must be 1.
 * @returns [batch, inHeight, inWidth, inChannels].
 */
export function conv2dBackpropInputReference(
  dy: Float32Array,
  filter: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } =
    info;
  const sums = new Float64Array(
    info.batchSize * inHeight * inWidth * inChannels,
  );
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let r = 0; r < info.filterHeight; r++) {
          const row = i * info.strideHeight + r - info.padInfo.top;
          if (row < 0 || row >= inHeight) continue;
          for (let s = 0; s < info.filterWidth; s++) {
            const column = j * info.strideWidth + s - info.padInfo.left;
            if (column < 0 || column >= inWidth) continue;
            for (let c = 0; c < inChannels; c++) {
              for (let k = 0; k < outChannels; k++) {
                const dyIndex =
                  ((b * outHeight + i) * outWidth + j) * outChannels + k;
                const filterIndex =
                  ((r * info.filterWidth + s) * inChannels + c) * outChannels +
                  k;
                sums[
                  ((b * inHeight + row) * inWidth + column) * inChannels + c
                ]! += dy[dyIndex]! * filter[filterIndex]!;
              }
            }
          }
        }
      }
    }
  }
  return Float32Array.from(sums);
}
