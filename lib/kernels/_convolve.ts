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
import { winograd, winogradTiles } from "./_winograd.ts";
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

/**
 * How many products a batch sums, on the way that it takes.
 *
 * @param pool True where 2×2 max pooling follows.
 */
export function forwardProducts(
  info: backend_util.Conv2DInfo,
  pool: boolean,
): number {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const products = winogradTiles(info, pool)?.products ??
    filterHeight * filterWidth * info.outHeight * info.outWidth;
  return info.batchSize * products * inChannels * outChannels;
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
  const tiles = winogradTiles(info, false);
  if (tiles) {
    const then = relu ? "relu" : "nothing";
    const isDone = winograd(backend, { ...inputs, y }, info, tiles, then);
    if (isDone) return y;
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

/**
 * Height and width of the image with its padding, and of what else the last
 * windows look at: rounded up, they may end beyond both.
 */
export function frameSize(
  info: backend_util.Conv2DInfo,
): [height: number, width: number] {
  const { top, bottom, left, right } = info.padInfo;
  return [
    Math.max(
      top + info.inHeight + bottom,
      (info.outHeight - 1) * info.strideHeight + info.filterHeight,
    ),
    Math.max(
      left + info.inWidth + right,
      (info.outWidth - 1) * info.strideWidth + info.filterWidth,
    ),
  ];
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
