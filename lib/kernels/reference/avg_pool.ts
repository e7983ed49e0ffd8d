/**
 * Average pooling in plain loops: the definition that the kernel is proved
 * against.
 *
 * y[b, i, j, c] = mean over r, s of
 *   x[b, i·strideHeight + r − padTop, j·strideWidth + s − padLeft, c]
 *
 * Padding takes no part, in the sum as in the count: a window that holds
 * nothing else gives NaN.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param x [batch, inHeight, inWidth, channels].
 * @param info Shapes, strides and padding; dilations must be 1.
 * @returns [batch, outHeight, outWidth, channels].
 */
export function avgPoolReference(
  x: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, outHeight, outWidth, inChannels } = info;
  const y = new Float32Array(
    info.batchSize * outHeight * outWidth * inChannels,
  );
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let c = 0; c < inChannels; c++) {
          let sum = 0;
          let count = 0;
          for (let r = 0; r < info.filterHeight; r++) {
            const row = i * info.strideHeight + r - info.padInfo.top;
            if (row < 0 || row >= inHeight) continue;
            for (let s = 0; s < info.filterWidth; s++) {
              const column = j * info.strideWidth + s - info.padInfo.left;
              if (column < 0 || column >= inWidth) continue;
              sum +=
                x[((b * inHeight + row) * inWidth + column) * inChannels + c]!;
              count++;
            }
          }
          y[((b * outHeight + i) * outWidth + j) * inChannels + c] = sum /
            count;
        }
      }
    }
  }
  return y;
}
