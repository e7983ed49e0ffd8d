/**
 * Max pooling in plain loops: the definition that the kernel is proved against.
 *
 * y[b, i, j, c] = max over r, s of
 *   x[b, i·strideHeight + r − padTop, j·strideWidth + s − padLeft, c]
 *
 * Padding takes no part, and a NaN is never a maximum: a window that holds
 * nothing else gives -Infinity.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param x [batch, inHeight, inWidth, channels].
 * @param info Shapes, strides and padding; dilations must be 1.
 * @returns [batch, outHeight, outWidth, channels].
 */
export function maxPoolReference(
  x: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, outHeight, outWidth, inChannels } = info;
  const y = new Float32Array(
    info.batchSize * outHeight * outWidth * inChannels,
  ).fill(-Infinity);
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
              const value =
                x[((b * inHeight + row) * inWidth + column) * inChannels + c]!;
              const yIndex = ((b * outHeight + i) * outWidth + j) * inChannels +
                c;
              if (value > y[yIndex]!) y[yIndex] = value;
            }
          }
        }
      }
    }
  }
  return y;
}
