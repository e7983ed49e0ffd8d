/**
 * The middle step on the way from the definition of a filter's gradient to a
 * fast one, in plain TypeScript; `notebooks/04_wasm_kernels.ipynb` measures it.
 *
 * 1. loops: `kernels/reference/conv2d_backprop_filter.ts`
 * 2. blocks: here
 * 3. SIMD: `kernels/wasm/assembly/conv2d_backprop_filter.ts`
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/** Inputs and outputs of a block. */
const SIDE = 4;

/**
 * The filter gradient a block of 4×4 weights at a time: its sixteen sums are
 * written once, and each value that is read is used four times.
 *
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param dy [batch, outHeight, outWidth, outChannels].
 * @param info Of a convolution with stride 1 and without padding.
 * @returns [filterHeight, filterWidth, inChannels, outChannels].
 * @throws {RangeError} If channels in or out are no multiple of 4.
 */
export function filterGradientByBlocks(
  x: Float32Array,
  dy: Float32Array,
  info: backend_util.Conv2DInfo,
): Float32Array {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  if (inChannels % SIDE !== 0 || outChannels % SIDE !== 0) {
    throw new RangeError(
      `Cannot work in blocks as both numbers of channels must be multiples of ${SIDE}: current are ${inChannels} and ${outChannels}`,
    );
  }
  const dFilter = new Float32Array(
    filterHeight * filterWidth * inChannels * outChannels,
  );
  for (let r = 0; r < filterHeight; r++) {
    for (let s = 0; s < filterWidth; s++) {
      for (let c = 0; c < inChannels; c += SIDE) {
        const to = ((r * filterWidth + s) * inChannels + c) * outChannels;
        for (let k = 0; k < outChannels; k += SIDE) {
          sumBlock(x, dy, info, { r, s, c, k }, dFilter, to + k);
        }
      }
    }
  }
  return dFilter;
}

/** Writes the 4×4 weights from channels c and k on, of one place (r, s). */
function sumBlock(
  x: Float32Array,
  dy: Float32Array,
  info: backend_util.Conv2DInfo,
  { r, s, c, k }: { r: number; s: number; c: number; k: number },
  dFilter: Float32Array,
  to: number,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } =
    info;
  // An array would lie in memory: only named sums stay in registers.
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0;
  let s10 = 0, s11 = 0, s12 = 0, s13 = 0;
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0;
  let s30 = 0, s31 = 0, s32 = 0, s33 = 0;
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < outHeight; i++) {
      let at = ((b * inHeight + i + r) * inWidth + s) * inChannels + c;
      let row = (b * outHeight + i) * outWidth * outChannels + k;
      for (let j = 0; j < outWidth; j++) {
        const x0 = x[at]!, x1 = x[at + 1]!, x2 = x[at + 2]!, x3 = x[at + 3]!;
        const y0 = dy[row]!, y1 = dy[row + 1]!;
        const y2 = dy[row + 2]!, y3 = dy[row + 3]!;
        s00 += x0 * y0, s01 += x0 * y1, s02 += x0 * y2, s03 += x0 * y3;
        s10 += x1 * y0, s11 += x1 * y1, s12 += x1 * y2, s13 += x1 * y3;
        s20 += x2 * y0, s21 += x2 * y1, s22 += x2 * y2, s23 += x2 * y3;
        s30 += x3 * y0, s31 += x3 * y1, s32 += x3 * y2, s33 += x3 * y3;
        at += inChannels;
        row += outChannels;
      }
    }
  }
  dFilter.set([s00, s01, s02, s03], to);
  dFilter.set([s10, s11, s12, s13], to + outChannels);
  dFilter.set([s20, s21, s22, s23], to + 2 * outChannels);
  dFilter.set([s30, s31, s32, s33], to + 3 * outChannels);
}
