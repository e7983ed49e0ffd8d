/**
 * Winograd's algorithm: which cases it takes, in what tiles, and its call. What
 * it does stands in `wasm/assembly/winograd.ts`.
 *
 * @module
 */

import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, wasmExports, withScratch } from "./_wasm_module.ts";

/** How an image's outputs are cut into tiles. */
export interface WinogradTiles {
  /** Height and width of a tile. */
  size: 4 | 5;
  /** Tiles of an image, from top to bottom. */
  high: number;
  /** Tiles of an image, from left to right. */
  wide: number;
  /** Products of an image for each pair of channels in and out. */
  products: number;
}

/** Bytes that a block of tiles may take, so that it stays in a 1 MB cache. */
const BLOCK_BYTES = 512 * 1024;

/** From this share of the definition's products on, that is as fast. */
export const WORTHWHILE = 0.7;

/**
 * The tiles that multiply least, or undefined where the definition is faster:
 * for other than 3×3 filters with stride 1, too few channels, or tiles that
 * hang over too far.
 *
 * @param pool True where 2×2 max pooling follows.
 */
export function winogradTiles(
  info: backend_util.Conv2DInfo,
  pool: boolean,
): WinogradTiles | undefined {
  const isCovered = info.filterHeight === 3 && info.filterWidth === 3 &&
    info.strideHeight === 1 && info.strideWidth === 1 &&
    info.dilationHeight === 1 && info.dilationWidth === 1 &&
    info.inChannels >= 16 && info.inChannels % 4 === 0 &&
    info.outChannels % 8 === 0;
  if (!isCovered) return undefined;
  // The pooling leaves out a last row or column that has no partner.
  const height = pool ? info.outHeight & ~1 : info.outHeight;
  const width = pool ? info.outWidth & ~1 : info.outWidth;
  const tilesOf = (size: 4 | 5) => {
    const high = Math.ceil(height / size);
    const wide = Math.ceil(width / size);
    return { size, high, wide, products: high * wide * (size + 2) ** 2 };
  };
  const four = tilesOf(4);
  const five = tilesOf(5);
  const best = five.products < four.products ? five : four;
  return best.products <= WORTHWHILE * 9 * height * width ? best : undefined;
}

/** What Winograd's algorithm takes and where it writes to. */
export interface WinogradTensors {
  x: TensorInfo;
  filter: TensorInfo;
  /** [outChannels]; with pooling there is one. */
  bias?: TensorInfo | undefined;
  y: TensorInfo;
  /** With pooling, where it is wanted. */
  route?: TensorInfo | undefined;
}

/**
 * @param tiles By `winogradTiles()`.
 * @param then What follows the bias; pooling goes with the ReLU.
 * @returns False where a value was not finite: y is then of no use.
 */
export function winograd(
  backend: BackendWasm,
  { x, filter, bias, y, route }: WinogradTensors,
  info: backend_util.Conv2DInfo,
  tiles: WinogradTiles,
  then: "nothing" | "relu" | "pool",
): boolean {
  const { inChannels, outChannels } = info;
  const points = (tiles.size + 2) ** 2;
  const { top, left } = info.padInfo;
  const tileBytes = points * (inChannels + outChannels) * 4;
  // The tile of registers takes six rows.
  const most = Math.floor(BLOCK_BYTES / tileBytes / 6) * 6;
  const block = Math.max(1, Math.floor(most / tiles.wide));
  const rows = Math.ceil(block * tiles.wide / 6) * 6;
  const frameHeight = Math.max(
    tiles.size * tiles.high + 2,
    top + info.inHeight,
  );
  const frameWidth = Math.max(tiles.size * tiles.wide + 2, left + info.inWidth);
  const bytes = points * (inChannels * outChannels * 4 + 64) +
    frameHeight * frameWidth * inChannels * 4 +
    rows * tileBytes + points * 16 +
    info.outHeight * info.outWidth * outChannels * 4;
  return withScratch(backend, bytes, (scratch) =>
    wasmExports(backend).winograd(
      tiles.size,
      address(backend, x),
      address(backend, filter),
      bias ? address(backend, bias) : 0,
      address(backend, y),
      route ? address(backend, route) : 0,
      info.batchSize,
      info.inHeight,
      info.inWidth,
      inChannels,
      info.outHeight,
      info.outWidth,
      outChannels,
      top,
      left,
      Number(then === "relu"),
      Number(then === "pool"),
      block,
      scratch,
    ) === 1);
}
