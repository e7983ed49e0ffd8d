/**
 * The forward convolution: which kernel takes a case, and its call.
 *
 * @module
 */

import { type backend_util, type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { isPadded } from "./_conv_shape.ts";
import { allocate, heapView } from "./_wasm_backend.ts";
import { address, wasmExports, withScratch } from "./_wasm_module.ts";
import { conv2dReference } from "./reference/conv2d.ts";

/** What a convolution takes. */
export interface ConvolveInputs {
  /** [batch, inHeight, inWidth, inChannels]. */
  x: TensorInfo;
  /** [filterHeight, filterWidth, inChannels, outChannels]. */
  filter: TensorInfo;
  /** [outChannels]. */
  bias?: TensorInfo | undefined;
}

/** Bytes that a block of tiles may take, so that it stays in a 1 MB cache. */
const BLOCK_BYTES = 512 * 1024;

/**
 * True where Winograd's algorithm takes the case: 3×3 filters with stride 1,
 * channels that fill its vectors, and tiles of 4×4 that do not hang over the
 * output so far that they multiply more than they save.
 */
export function isWinograd(info: backend_util.Conv2DInfo): boolean {
  return info.filterHeight === 3 && info.filterWidth === 3 &&
    info.strideHeight === 1 && info.strideWidth === 1 &&
    info.dilationHeight === 1 && info.dilationWidth === 1 &&
    info.inChannels >= 16 && info.inChannels % 4 === 0 &&
    info.outChannels % 8 === 0 &&
    winogradProducts(info) <= directProducts(info) * 0.7;
}

/** How many products a convolution sums, on the way that it takes. */
export function forwardProducts(info: backend_util.Conv2DInfo): number {
  return isWinograd(info) ? winogradProducts(info) : directProducts(info);
}

/** How many products a convolution sums by the definition. */
function directProducts(info: backend_util.Conv2DInfo): number {
  const { filterHeight, filterWidth, inChannels, outShape } = info;
  return filterHeight * filterWidth * inChannels *
    util.sizeFromShape(outShape);
}

/** The same by Winograd's algorithm: 36 for a tile of 4×4. */
function winogradProducts(info: backend_util.Conv2DInfo): number {
  const { batchSize, inChannels, outChannels, outHeight, outWidth } = info;
  const tiles = Math.ceil(outHeight / 4) * Math.ceil(outWidth / 4);
  return batchSize * tiles * 36 * inChannels * outChannels;
}

/**
 * Convolves, adds the bias and, where asked for, sets what is below zero to
 * zero.
 *
 * @param info Of the convolution, with dilations of 1.
 * @returns [batch, outHeight, outWidth, outChannels], new.
 */
export function convolve(
  backend: BackendWasm,
  inputs: ConvolveInputs,
  info: backend_util.Conv2DInfo,
  relu: boolean,
): TensorInfo {
  const y = allocate(backend, info.outShape);
  if (y.shape.includes(0)) return y;
  if (isWinograd(info) && winograd(backend, inputs, info, { y, relu })) {
    return y;
  }
  // Zeros of the padding times infinity would be NaN.
  const { filter } = inputs;
  const isFinite = () =>
    wasmExports(backend).allFinite(
      address(backend, filter),
      util.sizeFromShape(filter.shape),
    ) === 1;
  if (isPadded(info) && !isFinite()) {
    convolveByLoops(backend, inputs, info, y, relu);
  } else {
    convolveDirectly(backend, inputs, info, y, relu);
  }
  return y;
}

/** Where Winograd's algorithm writes to. */
export interface WinogradOutputs {
  y: TensorInfo;
  relu: boolean;
  /** With 2×2 max pooling where it is there; then there is a bias. */
  route?: TensorInfo | undefined;
  pool?: boolean;
}

/** @returns False where a value was not finite: y is then of no use. */
export function winograd(
  backend: BackendWasm,
  { x, filter, bias }: ConvolveInputs,
  info: backend_util.Conv2DInfo,
  { y, relu, route, pool }: WinogradOutputs,
): boolean {
  const { inChannels, outChannels } = info;
  const tilesHigh = Math.ceil(info.outHeight / 4);
  const tilesWide = Math.ceil(info.outWidth / 4);
  const tileBytes = 36 * (inChannels + outChannels) * 4;
  // The tile of registers takes six rows.
  const tiles = Math.floor(BLOCK_BYTES / tileBytes / 6) * 6;
  const block = Math.max(1, Math.floor(tiles / tilesWide));
  const rows = Math.ceil(block * tilesWide / 6) * 6;
  const filterBytes = 36 * (inChannels * outChannels * 4 + 64);
  const frameBytes = (4 * tilesHigh + 2) * (4 * tilesWide + 2) * inChannels * 4;
  const temporaryBytes = 36 * 16;
  return withScratch(
    backend,
    filterBytes + frameBytes + rows * tileBytes + temporaryBytes,
    (scratch) =>
      wasmExports(backend).winograd(
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
        info.padInfo.top,
        info.padInfo.left,
        Number(relu),
        Number(pool ?? false),
        block,
        scratch,
      ) === 1,
  );
}

/** Height and width of the image with its padding. */
export function frameSize(
  info: backend_util.Conv2DInfo,
): [height: number, width: number] {
  const { top, bottom, left, right } = info.padInfo;
  return [info.inHeight + top + bottom, info.inWidth + left + right];
}

/** Bytes of a filter in panels of eight channels, with the bias ahead. */
export function panelBytes(info: backend_util.Conv2DInfo): number {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  return (1 + filterHeight * filterWidth * inChannels) * 32 *
    Math.ceil(outChannels / 8);
}

/** By the definition; `y` takes the result. */
export function convolveDirectly(
  backend: BackendWasm,
  { x, filter, bias }: ConvolveInputs,
  info: backend_util.Conv2DInfo,
  y: TensorInfo,
  relu: boolean,
): void {
  const [frameHeight, frameWidth] = frameSize(info);
  const windowBytes = (info.outHeight * info.outWidth + 5) * 4;
  const edgeBytes = 6 * 8 * 4;
  const frameBytes = frameHeight * frameWidth * info.inChannels * 4;
  withScratch(
    backend,
    panelBytes(info) + windowBytes + edgeBytes + frameBytes,
    (scratch) =>
      wasmExports(backend).conv2d(
        address(backend, x),
        address(backend, filter),
        bias ? address(backend, bias) : 0,
        address(backend, y),
        info.batchSize,
        info.inHeight,
        info.inWidth,
        info.inChannels,
        info.filterHeight,
        info.filterWidth,
        info.outHeight,
        info.outWidth,
        info.outChannels,
        info.strideHeight,
        info.strideWidth,
        info.padInfo.top,
        info.padInfo.left,
        frameHeight,
        frameWidth,
        Number(relu),
        scratch,
      ),
  );
}

function convolveByLoops(
  backend: BackendWasm,
  { x, filter, bias }: ConvolveInputs,
  info: backend_util.Conv2DInfo,
  y: TensorInfo,
  relu: boolean,
): void {
  const values = heapView(backend, y);
  values.set(
    conv2dReference(heapView(backend, x), heapView(backend, filter), info),
  );
  const biases = bias && heapView(backend, bias);
  for (let i = 0; i < values.length; i++) {
    if (biases) values[i]! += biases[i % biases.length]!;
    if (relu && values[i]! < 0) values[i] = 0;
  }
}
