/**
 * Convolution, bias, ReLU and 2×2 max pooling as one operation with a
 * gradient: what a CNN spends its time with.
 *
 * One after the other, the four and their gradients go eleven times through a
 * tensor four times as large as the result. Here the convolution's own output
 * is never written: forward keeps, for each result, which pixel won the pooling
 * and got through the ReLU, and backward goes straight from there to the
 * gradients of filter, bias and input (`conv_relu_pool_grad.ts`).
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { frameSize, panelBytes } from "./_convolve.ts";
import { runWithGradient } from "./_run_with_gradient.ts";
import { winograd, winogradTiles } from "./_winograd.ts";
import { allocate, heapView } from "./_wasm_backend.ts";
import { address, wasmExports, withScratch } from "./_wasm_module.ts";
import { convReluPoolReference } from "./reference/conv_relu_pool.ts";

/** Sizes that are no part of the tensors' shapes. */
export interface ConvReluPoolOptions {
  /** Of the convolution. */
  strides: [height: number, width: number];
  /** Of the convolution. */
  pad: "valid" | "same";
  /** Window and stride of the pooling, which does not pad. */
  poolSize: [height: number, width: number];
  /** False where nobody asks for the gradient of `x`, as in a first layer. */
  needsInputGradient?: boolean;
}

/** What the kernel takes. */
export interface ConvReluPoolInputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias: tf.TensorInfo;
}

/** Attributes of the kernel. */
export interface ConvReluPoolAttrs {
  strides: [height: number, width: number];
  pad: "valid" | "same";
  /** True to make `route` as well. */
  withRoute: boolean;
}

/**
 * @param x [batch, inHeight, inWidth, inChannels].
 * @param filter [filterHeight, filterWidth, inChannels, outChannels].
 * @param bias [outChannels].
 * @returns [batch, floor(outHeight / poolHeight), floor(outWidth / poolWidth),
 *   outChannels], with outHeight and outWidth those of the convolution.
 */
export function convReluPool(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  options: ConvReluPoolOptions,
): tf.Tensor4D {
  if (convReluPoolPath(x, filter, options) === "composed") {
    const { strides, pad, poolSize } = options;
    return tf.tidy(() =>
      x.conv2d(filter, strides, pad).add(bias).relu<tf.Tensor4D>()
        .maxPool(poolSize, poolSize, "valid")
    );
  }
  const { strides, pad, needsInputGradient = true } = options;
  return runWithGradient(
    "ConvReluPool",
    { filter, bias, ...(needsInputGradient ? { x } : {}) },
    (isKept) => {
      const [y, route] = tf.engine().runKernel("ConvReluPool", {
        x,
        filter,
        bias,
      }, { strides, pad, withRoute: isKept }) as [tf.Tensor4D, tf.Tensor];
      return isKept ? [y, x, filter, route] : [y];
    },
    (dy, saved) => {
      const [x, filter, route] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [dFilter, dBias, dx] = tf.engine().runKernel("ConvReluPoolGrad", {
        x,
        filter,
        route,
        dy,
      }, { strides, pad, needsInputGradient }) as tf.Tensor[];
      return { filter: () => dFilter!, bias: () => dBias!, x: () => dx! };
    },
  );
}

/** The ways that the operation can take. */
export type ConvReluPoolPath = "winograd" | "direct" | "composed";

/** Which way a case takes on the current backend. */
export function convReluPoolPath(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  { strides, pad, poolSize }: ConvReluPoolOptions,
): ConvReluPoolPath {
  const isOurs = tf.getBackend() === "wasm" &&
    tf.getKernel("ConvReluPool", "wasm") !== undefined &&
    poolSize[0] === 2 && poolSize[1] === 2 && filter.shape[3]! % 8 === 0;
  if (!isOurs) return "composed";
  const info = convInfo(x, filter, { strides, pad });
  if (info.outHeight < 2 || info.outWidth < 2 || info.batchSize === 0) {
    return "composed";
  }
  return winogradTiles(info, true) ? "winograd" : "direct";
}

/**
 * The kernel `ConvReluPool`.
 *
 * @returns y and, where asked for, `route`, an int32 of the same shape: the
 *   index i · outWidth + j of the convolution's pixel that each value comes
 *   from, the first on ties, or -1 where the ReLU gave 0.
 */
export function convReluPoolKernel(
  { x, filter, bias }: ConvReluPoolInputs,
  attrs: ConvReluPoolAttrs,
  backend: BackendWasm,
): tf.TensorInfo[] {
  const info = convInfo(x, filter, attrs);
  const shape = [
    info.batchSize,
    Math.floor(info.outHeight / 2),
    Math.floor(info.outWidth / 2),
    info.outChannels,
  ];
  const y = allocate(backend, shape);
  const route = attrs.withRoute
    ? backend.makeOutput(shape, "int32")
    : undefined;
  const inputs = { x, filter, bias };
  const outputs = { y, route };
  const tiles = winogradTiles(info, true);
  const isDone = tiles
    ? winograd(backend, { ...inputs, ...outputs }, info, tiles, "pool")
    : direct(backend, inputs, info, outputs);
  // NaN and infinity, also those of sums that are too large, go their own way.
  if (!isDone) byLoops(backend, inputs, info, outputs);
  return route ? [y, route] : [y];
}

interface Outputs {
  y: tf.TensorInfo;
  route: tf.TensorInfo | undefined;
}

function byLoops(
  backend: BackendWasm,
  { x, filter, bias }: ConvReluPoolInputs,
  info: tf.backend_util.Conv2DInfo,
  outputs: Outputs,
): void {
  const { y, route } = convReluPoolReference(
    heapView(backend, x),
    heapView(backend, filter),
    heapView(backend, bias),
    info,
  );
  heapView(backend, outputs.y).set(y);
  if (outputs.route) backend.typedArrayFromHeap(outputs.route).set(route);
}

/** @returns False where a value was not finite: the outputs are of no use. */
function direct(
  backend: BackendWasm,
  { x, filter, bias }: ConvReluPoolInputs,
  info: tf.backend_util.Conv2DInfo,
  { y, route }: Outputs,
): boolean {
  const [frameHeight, frameWidth] = frameSize(info);
  const frameBytes = frameHeight * frameWidth * info.inChannels * 4;
  return withScratch(
    backend,
    panelBytes(info) + frameBytes,
    (scratch) =>
      wasmExports(backend).convReluPool(
        address(backend, x),
        address(backend, filter),
        address(backend, bias),
        address(backend, y),
        route ? address(backend, route) : 0,
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
        scratch,
      ) === 1,
  );
}

function convInfo(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  { strides, pad }: Pick<ConvReluPoolOptions, "strides" | "pad">,
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    1,
    pad,
  );
}
