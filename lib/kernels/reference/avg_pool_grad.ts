/**
 * The gradient of average pooling in plain loops: the definition that the
 * kernel is proved against.
 *
 * The gradient of each window is shared out equally among its pixels that are
 * no padding. Overlapping windows add up.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param dy Gradient of the output, [batch, outHeight, outWidth, channels].
 * @param info Shapes, strides and padding; dilations must be 1.
 * @returns [batch, inHeight, inWidth, channels].
 */
export function avgPoolGradReference(
  dy: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, outHeight, outWidth, inChannels } = info;
  const sums = new Float64Array(
    info.batchSize * inHeight * inWidth * inChannels,
  );
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        const rows: number[] = [];
        for (let r = 0; r < info.filterHeight; r++) {
          const row = i * info.strideHeight + r - info.padInfo.top;
          if (row >= 0 && row < inHeight) rows.push(row);
        }
        const columns: number[] = [];
        for (let s = 0; s < info.filterWidth; s++) {
          const column = j * info.strideWidth + s - info.padInfo.left;
          if (column >= 0 && column < inWidth) columns.push(column);
        }
        for (const row of rows) {
          for (const column of columns) {
            for (let c = 0; c < inChannels; c++) {
              const dyIndex =
                ((b * outHeight + i) * outWidth + j) * inChannels + c;
              sums[
                ((b * inHeight + row) * inWidth + column) * inChannels + c
              ]! += dy[dyIndex]! / (rows.length * columns.length);
            }
          }
        }
      }
    }
  }
  return Float32Array.from(sums);
}
