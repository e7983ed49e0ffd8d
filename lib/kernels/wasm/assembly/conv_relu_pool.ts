/**
 * Convolution, bias, ReLU and 2×2 max pooling in one pass, by definition:
 *
 *   y[i, j, o] = max(0, max of z over the four pixels 2i…2i+1, 2j…2j+1)
 *   z[i, j, o] = bias[o] + Σ x[i·s + r, j·s + q, c] · filter[r, q, c, o]
 *
 * `winograd.ts` does the same with fewer products where the filter is 3×3 and
 * has enough channels; this is for first layers, with one channel in.
 *
 * Blocking: the four pixels of a pooling window times eight output channels,
 * in eight registers, so that z is never written. Panels as in `conv2d.ts`.
 *
 * Variants, [16, 28, 28, 1] with 32 filters of 3×3, one core, microseconds an
 * image: this 11.0, while the convolution with its ReLU alone takes 11.8; the
 * inner loop unrolled by three 14.2; the nine taps of four channels kept in
 * registers, which makes longer chains of sums that wait for each other, 12.7.
 *
 * NaN and infinity: the sum of all z tells of them, and the caller then takes
 * plain loops.
 *
 * Scratch, in this order: the panels, the frame where there is padding.
 */

import { frameImage, packPanels } from "./conv2d";
import { FLOAT, madd } from "./simd";

/**
 * Four channels of a window's four pixels, all finite: the greatest, or 0, and
 * in `route`, unless that is 0, which pixel it was, the first on ties, or -1
 * for none.
 */
// @ts-ignore: decorator
@inline
export function poolFour(
  topLeft: v128,
  topRight: v128,
  bottomLeft: v128,
  bottomRight: v128,
  pixel: i32,
  width: i32,
  y: usize,
  route: usize,
): void {
  const zero = f32x4.splat(0);
  const top = f32x4.pmax(topLeft, topRight);
  const bottom = f32x4.pmax(bottomLeft, bottomRight);
  const best = f32x4.pmax(top, bottom);
  v128.store(y, f32x4.pmax(best, zero));
  if (!route) return;
  // A comparison gives -1 where it holds: less that is one to the right.
  const winner = v128.bitselect(
    i32x4.sub(i32x4.splat(pixel + width), f32x4.gt(bottomRight, bottomLeft)),
    i32x4.sub(i32x4.splat(pixel), f32x4.gt(topRight, topLeft)),
    f32x4.gt(bottom, top),
  );
  v128.store(route, v128.or(winner, f32x4.le(best, zero)));
}

/**
 * A batch of images.
 *
 * @param bias [outChannels].
 * @param y [batch, outHeight / 2, outWidth / 2, outChannels], rounded down.
 * @param route As `y`: the pixel i · outWidth + j that won, or -1; 0 for none.
 * @param outChannels A multiple of 8.
 * @param frameHeight Of the padded image; `inHeight` where nothing is padded.
 * @returns 1, or 0 where a value was not finite: y is then of no use.
 */
export function convReluPool(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  route: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  strideHeight: i32,
  strideWidth: i32,
  padTop: i32,
  padLeft: i32,
  frameHeight: i32,
  frameWidth: i32,
  scratch: usize,
): i32 {
  const k = filterHeight * filterWidth * inChannels;
  const rowBytes = <usize> (frameWidth * inChannels) * FLOAT;
  const stretchBytes = <usize> (filterWidth * inChannels) * FLOAT;
  const panels = scratch;
  const panelBytes = <usize> (1 + k) * 32;
  const frame = panels + panelBytes * <usize> (outChannels >> 3);
  packPanels(filter, bias, k, outChannels, panels);

  const right = <usize> (strideWidth * inChannels) * FLOAT;
  const below = <usize> strideHeight * rowBytes;
  const pixelBytes = <usize> outChannels * FLOAT;
  const inRowBytes = <usize> (inWidth * inChannels) * FLOAT;
  const padded = frameHeight != inHeight || frameWidth != inWidth;
  if (padded) memory.fill(frame, 0, <usize> frameHeight * rowBytes);
  const inside = frame + <usize> (padTop * frameWidth + padLeft) *
      <usize> inChannels * FLOAT;
  let sum = f32x4.splat(0);
  for (let image = 0; image < batch; image++) {
    if (padded) frameImage(x, inHeight, inRowBytes, inside, rowBytes);
    const from = padded ? frame : x;
    for (let i = 0; i + 1 < outHeight; i += 2) {
      for (let j = 0; j + 1 < outWidth; j += 2) {
        const window = from + <usize> i * below + <usize> j * right;
        let panel = panels;
        for (let o: usize = 0; o < pixelBytes; o += 32) {
          const added = convolveWindow(
            window,
            right,
            below,
            filterHeight,
            rowBytes,
            stretchBytes,
            panel,
            i * outWidth + j,
            outWidth,
            y + o,
            route ? route + o : 0,
          );
          sum = f32x4.add(sum, added);
          panel += panelBytes;
        }
        y += pixelBytes;
        if (route) route += pixelBytes;
      }
    }
    x += <usize> inHeight * inRowBytes;
  }
  // A finite number less itself is 0, any other NaN.
  return v128.any_true(f32x4.sub(sum, sum)) ? 0 : 1;
}

/** One pooling window, eight channels. */
// @ts-ignore: decorator
@inline
function convolveWindow(
  p0: usize,
  right: usize,
  below: usize,
  rows: i32,
  rowBytes: usize,
  bytes: usize,
  panel: usize,
  pixel: i32,
  width: i32,
  y: usize,
  route: usize,
): v128 {
  const start0 = v128.load(panel), start1 = v128.load(panel, 16);
  let c00 = start0, c01 = start1, c10 = start0, c11 = start1;
  let c20 = start0, c21 = start1, c30 = start0, c31 = start1;
  let p1 = p0 + right, p2 = p0 + below, p3 = p2 + right;
  const skip = rowBytes - bytes;
  while (true) {
    const end = p0 + bytes;
    while (p0 < end) {
      panel += 32;
      const b0 = v128.load(panel), b1 = v128.load(panel, 16);
      let a = v128.load32_splat(p0);
      c00 = madd(a, b0, c00);
      c01 = madd(a, b1, c01);
      a = v128.load32_splat(p1);
      c10 = madd(a, b0, c10);
      c11 = madd(a, b1, c11);
      a = v128.load32_splat(p2);
      c20 = madd(a, b0, c20);
      c21 = madd(a, b1, c21);
      a = v128.load32_splat(p3);
      c30 = madd(a, b0, c30);
      c31 = madd(a, b1, c31);
      p0 += FLOAT;
      p1 += FLOAT;
      p2 += FLOAT;
      p3 += FLOAT;
    }
    if (--rows == 0) break;
    p0 += skip;
    p1 += skip;
    p2 += skip;
    p3 += skip;
  }
  poolFour(c00, c10, c20, c30, pixel, width, y, route);
  poolFour(c01, c11, c21, c31, pixel, width, y + 16, route ? route + 16 : 0);
  return f32x4.add(
    f32x4.add(f32x4.add(c00, c10), f32x4.add(c20, c30)),
    f32x4.add(f32x4.add(c01, c11), f32x4.add(c21, c31)),
  );
}
