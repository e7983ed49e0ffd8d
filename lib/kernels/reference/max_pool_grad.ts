/**
 * The gradient of max pooling in plain loops: the definition that the kernel is
 * proved against.
 *
 * The gradient of each window goes to its maximum, on ties to the first in
 * reading order; a NaN is never a maximum. Overlapping windows add up.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param x What was pooled, [batch, inHeight, inWidth, channels].
 * @param dy Gradient of the output, [batch, outHeight, outWidth, channels].
 * @param info Shapes, strides and padding; dilations must be 1.
 * @returns [batch, inHeight, inWidth, channels].
 */
export function maxPoolGradReference(
  x: Float32Array,
  dy: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, outHeight, outWidth, inChannels } = info;
  const dx = new Float32Array(x.length);
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let c = 0; c < inChannels; c++) {
          let best = -1;
          for (let r = 0; r < info.filterHeight; r++) {
            const row = i * info.strideHeight + r - info.padInfo.top;
            if (row < 0 || row >= inHeight) continue;
            for (let s = 0; s < info.filterWidth; s++) {
              const column = j * info.strideWidth + s - info.padInfo.left;
              if (column < 0 || column >= inWidth) continue;
              const index = ((b * inHeight + row) * inWidth + column) *
                  inChannels + c;
              if (x[index]! > (best < 0 ? -Infinity : x[best]!)) best = index;
            }
          }
          const dyIndex = ((b * outHeight + i) * outWidth + j) * inChannels + c;
          if (best >= 0) dx[best]! += dy[dyIndex]!;
        }
      }
    }
  }
  return dx;
}
