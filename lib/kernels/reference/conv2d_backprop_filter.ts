/**
 * The filter gradient of a 2D convolution in plain loops: the definition that
 * the kernel is proved against.
 *
 * dFilter[r, s, c, k] = Σ over b, i, j of
 *   x[b, i·strideHeight + r − padTop, j·strideWidth + s − padLeft, c] · dy[b, i, j, k]
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param x Input, [batch, inHeight, inWidth, inChannels].
 * @param dy Gradient of the output, [batch, outHeight, outWidth, outChannels].
 * @param info Shapes, strides and padding; dilations must be 1.
 * @returns [filterHeight, filterWidth, inChannels, outChannels].
 */
export function conv2dBackpropFilterReference(
  x: Float32Array,
  dy: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } =
    info;
  // Sums in float64, rounded once: closer to the truth than any float32 order.
  const sums = new Float64Array(
    info.filterHeight * info.filterWidth * inChannels * outChannels,
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
                const xIndex =
                  ((b * inHeight + row) * inWidth + column) * inChannels + c;
                const dyIndex =
                  ((b * outHeight + i) * outWidth + j) * outChannels + k;
                sums[
                  ((r * info.filterWidth + s) * inChannels + c) * outChannels +
                  k
                ]! += x[xIndex]! * dy[dyIndex]!;
              }
            }
          }
        }
      }
    }
  }
  return Float32Array.from(sums);
}
