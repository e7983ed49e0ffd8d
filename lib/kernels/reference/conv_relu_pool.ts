/**
 * Convolution, bias, ReLU and 2×2 max pooling in plain loops: the definition
 * that the kernel is proved against.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";
import { conv2dReference } from "./conv2d.ts";

/**
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param bias [outChannels].
 * @param info Of the convolution.
 * @returns `y` [batch, floor(outHeight / 2), floor(outWidth / 2), outChannels]
 *   and, of the same shape, `route`: the index i · outWidth + j of the pixel
 *   that each value comes from, the first on ties, -1 where the ReLU gave 0.
 *   NaN wins over every number.
 */
export function convReluPoolReference(
  x: Float32Array,
  filter: Float32Array,
  bias: Float32Array,
  info: backend_util.Conv2DInfo,
): { y: Float32Array; route: Int32Array } {
  const { outHeight, outWidth, outChannels } = info;
  const z = conv2dReference(x, filter, info);
  const height = Math.floor(outHeight / 2);
  const width = Math.floor(outWidth / 2);
  const y = new Float32Array(info.batchSize * height * width * outChannels);
  const route = new Int32Array(y.length);
  let target = 0;
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let k = 0; k < outChannels; k++) {
          let best = -Infinity;
          let winner = -1;
          for (let r = 0; r < 2; r++) {
            for (let s = 0; s < 2; s++) {
              const pixel = (2 * i + r) * outWidth + 2 * j + s;
              const value = bias[k]! +
                z[(b * outHeight * outWidth + pixel) * outChannels + k]!;
              if (value > best || Number.isNaN(value)) {
                best = value;
                winner = pixel;
              }
            }
          }
          y[target] = best <= 0 ? 0 : best;
          route[target++] = best <= 0 ? -1 : winner;
        }
      }
    }
  }
  return { y, route };
}
