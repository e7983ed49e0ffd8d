/**
 * Convolution with 3×3 filters and stride 1 by fewer multiplications:
 * Winograd's F(4×4, 3×3) and F(5×5, 3×3).
 *
 *   y = Aᵀ [ Σ_c (G g_c Gᵀ) ⊙ (Bᵀ d_c B) ] A
 *
 * for each tile of m×m outputs from (m+2)×(m+2) inputs d, `points` = m + 2 in a
 * row: 36 products a channel in place of 144, or 49 in place of 225. At each
 * point the sum over channels is a product of matrices, [tiles, inChannels] ×
 * [inChannels, outChannels]. The transforms stand in `winograd_transforms.ts`.
 * Which m multiplies less depends on how its tiles fit: 10×10 outputs take 324
 * or 196 products a channel, 11×11 324 or 441.
 *
 * Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * CVPR 2016, section 4.
 *
 * Blocking: a few rows of tiles at a time, of one image or of several, so that
 * their transformed inputs and products stay in the second-level cache. Each
 * image is first laid into a frame of zeros, which pads it and gives the last
 * tiles something to read. Bias and ReLU are applied while the outputs are in
 * registers. With pooling an image's outputs go to scratch memory that stays in
 * the nearest cache, and only those that the pooling looks at are computed.
 *
 * Inputs are spread over whole tiles, so an infinity or NaN reaches outputs
 * that it has nothing to do with. The sum of all outputs tells: the caller then
 * goes another way.
 *
 * Variants, [16, 13, 13, 32] with 64 filters, ReLU and pooling, one core,
 * microseconds an image: by the definition 80; F(4×4) 43; the points of U
 * `APART` 36; a tile's check as a tree of sums 34; F(5×5) 22.
 *
 * Scratch, in this order: the transformed filter U [points²][outChannels / 8]
 * [in][8], the frame, V [points²][tiles][in], M [points²][tiles][out], a tile
 * of points² vectors, and with pooling an image's outputs.
 */

import { frameImage } from "./conv2d";
import { poolFour } from "./conv_relu_pool";
import { FLOAT } from "./simd";
import { tile } from "./tile";
import {
  transformFilter,
  transformInput,
  transformOutput,
} from "./winograd_transforms";

/** Bytes of four channels. */
const VECTOR: usize = 16;

/**
 * Bytes between the points of U: without them all stores of a filter fall into
 * the same few lines of the cache, and take nine times as long.
 */
const APART: usize = 64;

/** U = G g Gᵀ, packed into panels of eight output channels. */
function transformFilters(
  points: usize,
  filter: usize,
  inChannels: i32,
  outChannels: i32,
  u: usize,
  temporary: usize,
): void {
  const tapBytes = <usize> (inChannels * outChannels) * FLOAT;
  const pointBytes = tapBytes + APART;
  for (let c = 0; c < inChannels; c++) {
    for (let o = 0; o < outChannels; o += 4) {
      const g = filter + <usize> (c * outChannels + o) * FLOAT;
      const to = u + <usize> ((o >> 3) * inChannels + c) * 32 +
        <usize> (o & 4) * FLOAT;
      for (let column: usize = 0; column < 3; column++) {
        transformFilter(
          points,
          g + column * tapBytes,
          3 * tapBytes,
          temporary + column * VECTOR,
          3 * VECTOR,
        );
      }
      for (let row: usize = 0; row < points; row++) {
        transformFilter(
          points,
          temporary + row * 3 * VECTOR,
          VECTOR,
          to + row * points * pointBytes,
          pointBytes,
        );
      }
    }
  }
}

/** V = Bᵀ d B for a row of tiles; `d` is where its first one begins. */
// @ts-ignore: decorator
@inline
function transformTiles(
  points: usize,
  d: usize,
  rowBytes: usize,
  inChannels: i32,
  tilesWide: i32,
  v: usize,
  pointBytes: usize,
  temporary: usize,
): void {
  const pixelBytes = <usize> inChannels * FLOAT;
  for (let j = 0; j < tilesWide; j++) {
    for (let c: usize = 0; c < pixelBytes; c += VECTOR) {
      for (let column: usize = 0; column < points; column++) {
        transformInput(
          points,
          d + column * pixelBytes + c,
          rowBytes,
          temporary + column * VECTOR,
          points * VECTOR,
        );
      }
      for (let row: usize = 0; row < points; row++) {
        transformInput(
          points,
          temporary + row * points * VECTOR,
          VECTOR,
          v + row * points * pointBytes,
          pointBytes,
        );
      }
      v += VECTOR;
    }
    d += (points - 2) * pixelBytes;
  }
}

/** M = V U at each point. */
function multiply(
  points: usize,
  v: usize,
  u: usize,
  m: usize,
  rows: i32,
  inChannels: i32,
  outChannels: i32,
): void {
  const inBytes = <usize> inChannels * FLOAT;
  const outBytes = <usize> outChannels * FLOAT;
  const panelBytes = inBytes * 8;
  const zero = f32x4.splat(0);
  for (let point: usize = 0; point < points * points; point++) {
    for (let o: usize = 0; o < outBytes; o += 32) {
      let p = v, c = m + o;
      for (let row = 0; row < rows; row += 6) {
        const p1 = p + inBytes, p2 = p1 + inBytes, p3 = p2 + inBytes;
        const p4 = p3 + inBytes, p5 = p4 + inBytes;
        tile(
          p,
          p1,
          p2,
          p3,
          p4,
          p5,
          1,
          0,
          inBytes,
          u,
          zero,
          zero,
          c,
          outBytes,
        );
        p = p5 + inBytes;
        c += 6 * outBytes;
      }
      u += panelBytes;
    }
    u += APART;
    v += <usize> rows * inBytes;
    m += <usize> rows * outBytes;
  }
}

/**
 * Aᵀ m A for a row of tiles, with bias and ReLU.
 *
 * @param i The first row of pixels.
 * @param height Rows that are wanted; the tiles may hang over.
 * @param y Where the image begins, `width` pixels a row.
 * @returns The sum of what was written.
 */
// @ts-ignore: decorator
@inline
function writeTiles(
  points: usize,
  m: usize,
  pointBytes: usize,
  bias: usize,
  relu: i32,
  i: i32,
  height: i32,
  width: i32,
  outChannels: i32,
  y: usize,
  temporary: usize,
): v128 {
  const size = <i32> points - 2;
  const pixelBytes = <usize> outChannels * FLOAT;
  const lowest = f32x4.splat(relu ? 0 : -Infinity);
  const rows = <usize> min(size, height - i);
  let sum = f32x4.splat(0);
  for (let j = 0; j < width; j += size) {
    const columns = <usize> min(size, width - j);
    for (let o: usize = 0; o < pixelBytes; o += VECTOR) {
      for (let column: usize = 0; column < points; column++) {
        transformOutput(
          points,
          m + column * pointBytes + o,
          points * pointBytes,
          temporary + column * VECTOR,
          points * VECTOR,
        );
      }
      const added = bias ? v128.load(bias + o) : f32x4.splat(0);
      let to = y + <usize> (i * width + j) * pixelBytes + o;
      for (let row: usize = 0; row < rows; row++) {
        const line = temporary + row * points * VECTOR;
        // In place: a line is read before it is written.
        transformOutput(points, line, VECTOR, line, VECTOR);
        for (let column: usize = 0; column < columns; column++) {
          const value = f32x4.add(v128.load(line + column * VECTOR), added);
          v128.store(to + column * pixelBytes, f32x4.pmax(value, lowest));
          sum = f32x4.add(sum, value);
        }
        to += <usize> width * pixelBytes;
      }
    }
    m += pixelBytes;
  }
  return sum;
}

/** 2×2 max pooling of an image, as `poolFour` says; height and width even. */
function poolImage(
  z: usize,
  height: i32,
  width: i32,
  outWidth: i32,
  outChannels: i32,
  y: usize,
  route: usize,
): void {
  const pixelBytes = <usize> outChannels * FLOAT;
  const rowBytes = <usize> width * pixelBytes;
  for (let i = 0; i < height; i += 2) {
    for (let j = 0; j < width; j += 2) {
      for (let o: usize = 0; o < pixelBytes; o += VECTOR) {
        const from = z + o;
        poolFour(
          v128.load(from),
          v128.load(from + pixelBytes),
          v128.load(from + rowBytes),
          v128.load(from + rowBytes + pixelBytes),
          i * outWidth + j,
          outWidth,
          y + o,
          route ? route + o : 0,
        );
      }
      z += 2 * pixelBytes;
      y += pixelBytes;
      if (route) route += pixelBytes;
    }
    z += rowBytes;
  }
}

/**
 * A batch of images.
 *
 * @param size m, 4 or 5.
 * @param bias [outChannels], or 0 for none.
 * @param y [batch, outHeight, outWidth, outChannels], or pooled with halved
 *   height and width, rounded down.
 * @param route As `y`, or 0 for none; with pooling only.
 * @param relu 1 to set what is below zero to zero; pooling does it always.
 * @param pool 1 for 2×2 max pooling.
 * @param block Rows of tiles at a time.
 * @returns 1, or 0 where a value was not finite: y is then of no use.
 */
export function winograd(
  size: i32,
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  route: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  padTop: i32,
  padLeft: i32,
  relu: i32,
  pool: i32,
  block: i32,
  scratch: usize,
): i32 {
  const points = <usize> size + 2;
  // The pooling leaves out a last row or column that has no partner.
  const height = pool ? outHeight & ~1 : outHeight;
  const width = pool ? outWidth & ~1 : outWidth;
  const tilesHigh = (height + size - 1) / size;
  const tilesWide = (width + size - 1) / size;
  const inBytes = <usize> inChannels * FLOAT;
  const outBytes = <usize> outChannels * FLOAT;
  const frameHeight = max(size * tilesHigh + 2, padTop + inHeight);
  const frameWidth = max(size * tilesWide + 2, padLeft + inWidth);
  const rowBytes = <usize> frameWidth * inBytes;
  const rows = <usize> ((block * tilesWide + 5) / 6 * 6);
  const u = scratch;
  const frame = u + points * points * (inBytes * <usize> outChannels + APART);
  const v = frame + <usize> frameHeight * rowBytes;
  const m = v + points * points * rows * inBytes;
  const temporary = m + points * points * rows * outBytes;
  const z = temporary + points * points * VECTOR;
  transformFilters(points, filter, inChannels, outChannels, u, temporary);
  memory.fill(frame, 0, m - frame);

  const inRowBytes = <usize> inWidth * inBytes;
  const inImageBytes = <usize> inHeight * inRowBytes;
  const pixels = pool ? (height >> 1) * (width >> 1) : height * width;
  const outImageBytes = <usize> pixels * outBytes;
  const inside = frame + <usize> (padTop * frameWidth + padLeft) * inBytes;
  let sum = f32x4.splat(0);
  const strips = batch * tilesHigh;
  for (let first = 0; first < strips; first += block) {
    const last = min(first + block, strips);
    const used = ((last - first) * tilesWide + 5) / 6 * 6;
    const vPoint = <usize> used * inBytes, mPoint = <usize> used * outBytes;
    for (let strip = first; strip < last; strip++) {
      const tileRow = strip % tilesHigh;
      if (tileRow == 0) {
        frameImage(x, inHeight, inRowBytes, inside, rowBytes);
        x += inImageBytes;
      }
      const d = frame + <usize> (size * tileRow) * rowBytes;
      const to = v + <usize> ((strip - first) * tilesWide) * inBytes;
      if (size == 4) {
        transformTiles(
          6,
          d,
          rowBytes,
          inChannels,
          tilesWide,
          to,
          vPoint,
          temporary,
        );
      } else {
        transformTiles(
          7,
          d,
          rowBytes,
          inChannels,
          tilesWide,
          to,
          vPoint,
          temporary,
        );
      }
    }
    multiply(points, v, u, m, used, inChannels, outChannels);
    for (let strip = first; strip < last; strip++) {
      const from = m + <usize> ((strip - first) * tilesWide) * outBytes;
      const tileRow = strip % tilesHigh;
      const at = <usize> (strip / tilesHigh) * outImageBytes;
      const to = pool ? z : y + at;
      sum = f32x4.add(
        sum,
        size == 4
          ? writeTiles(
            6,
            from,
            mPoint,
            bias,
            relu,
            tileRow * size,
            height,
            width,
            outChannels,
            to,
            temporary,
          )
          : writeTiles(
            7,
            from,
            mPoint,
            bias,
            relu,
            tileRow * size,
            height,
            width,
            outChannels,
            to,
            temporary,
          ),
      );
      if (pool && tileRow == tilesHigh - 1) {
        poolImage(
          z,
          height,
          width,
          outWidth,
          outChannels,
          y + at,
          route ? route + at : 0,
        );
      }
    }
  }
  // A finite number less itself is 0, any other NaN.
  return v128.any_true(f32x4.sub(sum, sum)) ? 0 : 1;
}
