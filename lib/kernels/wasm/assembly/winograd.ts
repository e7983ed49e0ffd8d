/**
 * Convolution with 3×3 filters and stride 1 by fewer multiplications:
 * Winograd's F(4×4, 3×3).
 *
 *   y = Aᵀ [ Σ_c (G g_c Gᵀ) ⊙ (Bᵀ d_c B) ] A
 *
 * for each tile of 4×4 outputs from 6×6 inputs d: 36 products a channel in
 * place of 144. For each of the 36 points the sum over channels is a product of
 * matrices, [tiles, inChannels] × [inChannels, outChannels].
 *
 * Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * CVPR 2016, section 4.3, with the points 0, ±1, ±2 and ∞.
 *
 * Blocking: a few rows of tiles at a time, of one image or of several, so that
 * their transformed inputs and products stay in the second-level cache. Each
 * image is first laid into a frame of zeros, which pads it and gives the last
 * tiles something to read.
 * Bias, ReLU and 2×2 max pooling are applied while the outputs are in
 * registers: with pooling the convolution's own output is never written.
 *
 * Inputs are spread over whole tiles, so an infinity or NaN reaches outputs
 * that it has nothing to do with. The sum of all outputs tells: the caller then
 * takes `conv2d.ts`.
 *
 * Scratch, in this order: the transformed filter U [36][outChannels / 8][in][8],
 * the frame, V [36][tiles][in], M [36][tiles][out], a tile of 36 vectors.
 */

import { frameImage } from "./conv2d";
import { poolFour } from "./conv_relu_pool";
import { FLOAT, madd } from "./simd";
import { tile } from "./tile";

/** Bytes of four channels. */
const VECTOR: usize = 16;

/**
 * Bytes between the points of U: without them all 36 stores of a filter fall
 * into the same few lines of the cache, and take three times as long.
 */
const APART: usize = 64;

/** Bᵀ d: six values `step` apart become six. */
// @ts-ignore: decorator
@inline
function transformInput(
  d: usize,
  step: usize,
  to: usize,
  toStep: usize,
): void {
  const d0 = v128.load(d);
  const d1 = v128.load(d + step);
  const d2 = v128.load(d + 2 * step);
  const d3 = v128.load(d + 3 * step);
  const d4 = v128.load(d + 4 * step);
  const d5 = v128.load(d + 5 * step);
  const four = f32x4.splat(4), minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  v128.store(to, madd(four, d0, madd(minusFive, d2, d4)));
  let even = madd(minusFour, d2, d4), odd = madd(minusFour, d1, d3);
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  even = f32x4.sub(d4, d2);
  odd = f32x4.sub(d3, d1);
  odd = f32x4.add(odd, odd);
  v128.store(to + 3 * toStep, f32x4.add(even, odd));
  v128.store(to + 4 * toStep, f32x4.sub(even, odd));
  v128.store(to + 5 * toStep, madd(four, d1, madd(minusFive, d3, d5)));
}

/** G g: three values become six. */
// @ts-ignore: decorator
@inline
function transformFilter(
  g: usize,
  step: usize,
  to: usize,
  toStep: usize,
): void {
  const g0 = v128.load(g);
  const g1 = v128.load(g + step);
  const g2 = v128.load(g + 2 * step);
  const minusSixth = f32x4.splat(-1.0 / 6);
  v128.store(to, f32x4.mul(f32x4.splat(0.25), g0));
  let even = f32x4.add(g0, g2);
  v128.store(to + toStep, f32x4.mul(minusSixth, f32x4.add(even, g1)));
  v128.store(to + 2 * toStep, f32x4.mul(minusSixth, f32x4.sub(even, g1)));
  even = madd(
    f32x4.splat(1.0 / 24),
    g0,
    f32x4.mul(f32x4.splat(1.0 / 6), g2),
  );
  const odd = f32x4.mul(f32x4.splat(1.0 / 12), g1);
  v128.store(to + 3 * toStep, f32x4.add(even, odd));
  v128.store(to + 4 * toStep, f32x4.sub(even, odd));
  v128.store(to + 5 * toStep, g2);
}

/** Aᵀ m: six values become four, with `bias` added to each. */
// @ts-ignore: decorator
@inline
function transformOutput(
  m: usize,
  step: usize,
  hasBias: bool,
  bias: v128,
  to: usize,
  toStep: usize,
): void {
  const m1 = v128.load(m + step);
  const m2 = v128.load(m + 2 * step);
  const m3 = v128.load(m + 3 * step);
  const m4 = v128.load(m + 4 * step);
  let even1 = f32x4.add(m1, m2), odd1 = f32x4.sub(m1, m2);
  if (hasBias) {
    even1 = f32x4.add(even1, bias);
    odd1 = f32x4.add(odd1, bias);
  }
  const even2 = f32x4.add(m3, m4), odd2 = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(v128.load(m), even1), even2));
  v128.store(to + toStep, madd(f32x4.splat(2), odd2, odd1));
  v128.store(to + 2 * toStep, madd(f32x4.splat(4), even2, even1));
  v128.store(
    to + 3 * toStep,
    f32x4.add(
      madd(f32x4.splat(8), odd2, odd1),
      v128.load(m + 5 * step),
    ),
  );
}

/** U = G g Gᵀ, packed into panels of eight output channels. */
function transformFilters(
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
          g + column * tapBytes,
          3 * tapBytes,
          temporary + column * VECTOR,
          3 * VECTOR,
        );
      }
      for (let row: usize = 0; row < 6; row++) {
        transformFilter(
          temporary + row * 3 * VECTOR,
          VECTOR,
          to + row * 6 * pointBytes,
          pointBytes,
        );
      }
    }
  }
}

/** V = Bᵀ d B for a row of tiles; `d` is where its first one begins. */
function transformTiles(
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
      for (let column: usize = 0; column < 6; column++) {
        transformInput(
          d + column * pixelBytes + c,
          rowBytes,
          temporary + column * VECTOR,
          6 * VECTOR,
        );
      }
      for (let row: usize = 0; row < 6; row++) {
        transformInput(
          temporary + row * 6 * VECTOR,
          VECTOR,
          v + row * 6 * pointBytes,
          pointBytes,
        );
      }
      v += VECTOR;
    }
    d += 4 * pixelBytes;
  }
}

/** M = V U at each point. */
function multiply(
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
  for (let point = 0; point < 36; point++) {
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

/** Aᵀ m A of a tile into 4×4 vectors. */
// @ts-ignore: decorator
@inline
function invertTile(
  m: usize,
  pointBytes: usize,
  bias: v128,
  temporary: usize,
): void {
  for (let column: usize = 0; column < 6; column++) {
    transformOutput(
      m + column * pointBytes,
      6 * pointBytes,
      false,
      bias,
      temporary + column * VECTOR,
      6 * VECTOR,
    );
  }
  // In place: a row is read whole before it is written.
  for (let row: usize = 0; row < 4; row++) {
    transformOutput(
      temporary + row * 6 * VECTOR,
      VECTOR,
      true,
      bias,
      temporary + row * 6 * VECTOR,
      VECTOR,
    );
  }
}

/** The sum of four vectors, in pairs. */
// @ts-ignore: decorator
@inline
function sumFour(at: usize, step: usize): v128 {
  return f32x4.add(
    f32x4.add(v128.load(at), v128.load(at + step)),
    f32x4.add(v128.load(at + 2 * step), v128.load(at + 3 * step)),
  );
}

/** The sum of a tile: not finite where one of its values is not. */
// @ts-ignore: decorator
@inline
function sumTile(temporary: usize): v128 {
  const row = 6 * VECTOR;
  return f32x4.add(
    f32x4.add(
      sumFour(temporary, VECTOR),
      sumFour(temporary + row, VECTOR),
    ),
    f32x4.add(
      sumFour(temporary + 2 * row, VECTOR),
      sumFour(temporary + 3 * row, VECTOR),
    ),
  );
}

/**
 * Bias, ReLU, and the outputs of a row of tiles.
 *
 * @param i The first row of pixels.
 * @param y Where the image begins.
 */
function writeTiles(
  m: usize,
  pointBytes: usize,
  bias: usize,
  relu: i32,
  i: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  y: usize,
  temporary: usize,
): v128 {
  const pixelBytes = <usize> outChannels * FLOAT;
  const lowest = f32x4.splat(relu ? 0 : -Infinity);
  let sum = f32x4.splat(0);
  for (let j = 0; j < outWidth; j += 4) {
    for (let o: usize = 0; o < pixelBytes; o += VECTOR) {
      invertTile(
        m + o,
        pointBytes,
        bias ? v128.load(bias + o) : f32x4.splat(0),
        temporary,
      );
      sum = f32x4.add(sum, sumTile(temporary));
      for (let row = 0; row < min(4, outHeight - i); row++) {
        for (let column = 0; column < min(4, outWidth - j); column++) {
          const value = v128.load(
            temporary + <usize> (row * 6 + column) * VECTOR,
          );
          const pixel = (i + row) * outWidth + j + column;
          v128.store(
            y + <usize> pixel * pixelBytes + o,
            f32x4.pmax(value, lowest),
          );
        }
      }
    }
    m += pixelBytes;
  }
  return sum;
}

/** Bias, ReLU and 2×2 max pooling of a row of tiles; y, route as `poolFour`. */
function writePooledTiles(
  m: usize,
  pointBytes: usize,
  bias: usize,
  i: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  y: usize,
  route: usize,
  temporary: usize,
): v128 {
  const pixelBytes = <usize> outChannels * FLOAT;
  let sum = f32x4.splat(0);
  for (let j = 0; j < outWidth; j += 4) {
    for (let o: usize = 0; o < pixelBytes; o += VECTOR) {
      invertTile(m + o, pointBytes, v128.load(bias + o), temporary);
      sum = f32x4.add(sum, sumTile(temporary));
      for (let row = 0; row < 4 && i + row + 1 < outHeight; row += 2) {
        for (let column = 0; column < 4 && j + column + 1 < outWidth; column += 2) {
          const first = temporary + <usize> (row * 6 + column) * VECTOR;
          const at = <usize> (
            ((i + row) >> 1) * (outWidth >> 1) + ((j + column) >> 1)
          ) * pixelBytes + o;
          poolFour(
            v128.load(first),
            v128.load(first, 16),
            v128.load(first, 96),
            v128.load(first, 112),
            (i + row) * outWidth + j + column,
            outWidth,
            y + at,
            route ? route + at : 0,
          );
        }
      }
    }
    m += pixelBytes;
  }
  return sum;
}

/**
 * A batch of images.
 *
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
  const tilesHigh = (outHeight + 3) >> 2, tilesWide = (outWidth + 3) >> 2;
  const inBytes = <usize> inChannels * FLOAT;
  const outBytes = <usize> outChannels * FLOAT;
  const frameHeight = 4 * tilesHigh + 2, frameWidth = 4 * tilesWide + 2;
  const rowBytes = <usize> frameWidth * inBytes;
  const rows = (block * tilesWide + 5) / 6 * 6;
  const u = scratch;
  const frame = u + 36 * (inBytes * <usize> outChannels + APART);
  const v = frame + <usize> frameHeight * rowBytes;
  const m = v + <usize> (36 * rows) * inBytes;
  const temporary = m + <usize> (36 * rows) * outBytes;
  transformFilters(filter, inChannels, outChannels, u, temporary);
  memory.fill(frame, 0, m - frame);

  const inRowBytes = <usize> inWidth * inBytes;
  const inImageBytes = <usize> inHeight * inRowBytes;
  const pixels = pool
    ? (outHeight >> 1) * (outWidth >> 1)
    : outHeight * outWidth;
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
      transformTiles(
        frame + <usize> (4 * tileRow) * rowBytes,
        rowBytes,
        inChannels,
        tilesWide,
        v + <usize> ((strip - first) * tilesWide) * inBytes,
        vPoint,
        temporary,
      );
    }
    multiply(v, u, m, used, inChannels, outChannels);
    for (let strip = first; strip < last; strip++) {
      const from = m + <usize> ((strip - first) * tilesWide) * outBytes;
      const at = <usize> (strip / tilesHigh) * outImageBytes;
      const i = strip % tilesHigh * 4;
      if (pool) {
        sum = f32x4.add(
          sum,
          writePooledTiles(
            from,
            mPoint,
            bias,
            i,
            outHeight,
            outWidth,
            outChannels,
            y + at,
            route ? route + at : 0,
            temporary,
          ),
        );
      } else {
        sum = f32x4.add(
          sum,
          writeTiles(
            from,
            mPoint,
            bias,
            relu,
            i,
            outHeight,
            outWidth,
            outChannels,
            y + at,
            temporary,
          ),
        );
      }
    }
  }
  // A finite number less itself is 0, any other NaN.
  return v128.any_true(f32x4.sub(sum, sum)) ? 0 : 1;
}
