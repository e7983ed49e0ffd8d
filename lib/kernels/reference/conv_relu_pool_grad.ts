/**
 * The gradients of convolution, ReLU and max pooling in plain loops: the
 * definition that the kernel is proved against.
 *
 * With pixel (i, j) = route[b, p, k] of the convolution's output, where it is
 * not negative, row = i·strideHeight + r − padTop and
 * column = j·strideWidth + s − padLeft:
 *
 *   dBias[k]                += dy[b, p, k]
 *   dFilter[r, s, c, k]     += dy[b, p, k] · x[b, row, column, c]
 *   dx[b, row, column, c]   += dy[b, p, k] · filter[r, s, c, k]
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param dy [batch, pooled pixels, outChannels].
 * @param route As long as dy: i · outWidth + j, or -1.
 * @param info Shapes, strides and padding of the convolution.
 */
export function convReluPoolGradReference(
  x: Float32Array,
  filter: Float32Array,
  dy: Float32Array,
  route: Int32Array,
  info: backend_util.Conv2DInfo,
): { dx: Float32Array; dFilter: Float32Array; dBias: Float32Array } {
  const { inHeight, inWidth, inChannels, outWidth, outChannels } = info;
  // Sums in float64, rounded once: closer to the truth than any float32 order.
  const dx = new Float64Array(x.length);
  const dFilter = new Float64Array(filter.length);
  const dBias = new Float64Array(outChannels);
  for (let n = 0; n < dy.length; n++) {
    if (route[n]! < 0) continue;
    const b = Math.floor(n / (dy.length / info.batchSize));
    const k = n % outChannels;
    dBias[k]! += dy[n]!;
    const top = Math.floor(route[n]! / outWidth) * info.strideHeight -
      info.padInfo.top;
    const left = (route[n]! % outWidth) * info.strideWidth - info.padInfo.left;
    for (let r = 0; r < info.filterHeight; r++) {
      const row = top + r;
      if (row < 0 || row >= inHeight) continue;
      for (let s = 0; s < info.filterWidth; s++) {
        const column = left + s;
        if (column < 0 || column >= inWidth) continue;
        for (let c = 0; c < inChannels; c++) {
          const xIndex = ((b * inHeight + row) * inWidth + column) *
              inChannels + c;
          const filterIndex =
            ((r * info.filterWidth + s) * inChannels + c) * outChannels + k;
          dFilter[filterIndex]! += dy[n]! * x[xIndex]!;
          dx[xIndex]! += dy[n]! * filter[filterIndex]!;
        }
      }
    }
  }
  return {
    dx: Float32Array.from(dx),
    dFilter: Float32Array.from(dFilter),
    dBias: Float32Array.from(dBias),
  };
}
