/**
 * A 2D convolution in plain loops: the definition that the kernels are proved
 * against.
 *
 * y[b, i, j, k] = Σ x[b, i·strideHeight + r·dilationHeight − padTop,
 *   j·strideWidth + s·dilationWidth − padLeft, c] · filter[r, s, c, k]
 *
 * over the pixels that are there: padding adds nothing, not even 0 · infinity.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/**
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param info Shapes, strides, padding and dilations.
 * @returns [batch, outHeight, outWidth, outChannels].
 */
export function conv2dReference(
  x: Float32Array,
  filter: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } =
    info;
  const y = new Float32Array(
    info.batchSize * outHeight * outWidth * outChannels,
  );
  const sums = new Float64Array(outChannels);
  let target = 0;
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        sums.fill(0);
        for (let r = 0; r < info.filterHeight; r++) {
          const row = i * info.strideHeight + r * info.dilationHeight -
            info.padInfo.top;
          if (row < 0 || row >= inHeight) continue;
          for (let s = 0; s < info.filterWidth; s++) {
            const column = j * info.strideWidth + s * info.dilationWidth -
              info.padInfo.left;
            if (column < 0 || column >= inWidth) continue;
            const source = ((b * inHeight + row) * inWidth + column) *
              inChannels;
            const tap = (r * info.filterWidth + s) * inChannels * outChannels;
            for (let c = 0; c < inChannels; c++) {
              for (let k = 0; k < outChannels; k++) {
                sums[k]! += x[source + c]! * filter[tap + c * outChannels + k]!;
              }
            }
          }
        }
        y.set(sums, target);
        target += outChannels;
      }
    }
  }
  return y;
}
