/**
 * The gradients of `convReluPool()`.
 *
 * The work is done in `wasm/assembly/conv_relu_pool_grad.ts`; the definition
 * in plain loops stands in `reference/conv_relu_pool_grad.ts`.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { conv2dInfo } from "./_conv2d_info.ts";
import { isPadded, withConvShape } from "./_conv_shape.ts";
import { allocate, allocateZeros } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/** What the gradients are computed from, in the backend's memory. */
export interface ConvReluPoolGradInputs {
  /** [batch, inHeight, inWidth, inChannels]. */
  x: TensorInfo;
  /** [filterHeight, filterWidth, inChannels, outChannels]. */
  filter: TensorInfo;
  /** Of the pooled output: [batch, height, width, outChannels]. */
  dy: TensorInfo;
  /**
   * int32, as long as dy: the pixel i · outWidth + j of the convolution's
   * output, within its image, that won the pool; -1 where the ReLU cut it off.
   */
  route: TensorInfo;
}

/** The sizes that are no part of the tensors' shapes. */
export interface ConvReluPoolGradOptions {
  /** Of the convolution. */
  strides: [height: number, width: number];
  /** Of the convolution. */
  pad: "valid" | "same";
  /** False for a first layer, whose x is no layer's output. */
  needsInputGradient: boolean;
}

/** New tensors, owned by the caller. */
export interface ConvReluPoolGradients {
  /** As x; only where it was asked for. */
  dx?: TensorInfo;
  /** As the filter. */
  dFilter: TensorInfo;
  /** [outChannels]. */
  dBias: TensorInfo;
}

/**
 * The kernel `ConvReluPoolGrad`.
 *
 * @returns dFilter, dBias and, where it was asked for, dx.
 */
export function convReluPoolGradKernel(
  inputs: ConvReluPoolGradInputs,
  options: ConvReluPoolGradOptions,
  backend: BackendWasm,
): TensorInfo[] {
  const { dFilter, dBias, dx } = convReluPoolGrad(backend, inputs, options);
  return dx ? [dFilter, dBias, dx] : [dFilter, dBias];
}

/** From so many pixels on, floats no longer find a route's row for sure. */
const MAX_PIXELS = 2 ** 21;

/**
 * @throws {TypeError} If route is not int32 or not of the shape of dy.
 * @throws {RangeError} If the convolution gives 2^21 pixels or more.
 */
export function convReluPoolGrad(
  backend: BackendWasm,
  { x, filter, dy, route }: ConvReluPoolGradInputs,
  { strides, pad, needsInputGradient }: ConvReluPoolGradOptions,
): ConvReluPoolGradients {
  if (route.dtype !== "int32" || !util.arraysEqual(route.shape, dy.shape)) {
    throw new TypeError(
      `Cannot compute the gradients of convReluPool as the route must be int32 of shape [${dy.shape}]: current route is ${route.dtype} of shape [${route.shape}]`,
    );
  }
  const info = conv2dInfo(
    "compute the gradients of convReluPool",
    x.shape,
    filter.shape,
    { strides, pad, dataFormat: "NHWC" },
  );
  if (info.outHeight * info.outWidth >= MAX_PIXELS) {
    throw new RangeError(
      `Cannot compute the gradients of convReluPool as the convolution must give fewer than ${MAX_PIXELS} pixels: current size is ${info.outHeight}x${info.outWidth}`,
    );
  }
  const dySize = util.sizeFromShape(dy.shape);
  const make = dySize === 0 ? allocateZeros : allocate;
  const dFilter = make(backend, filter.shape);
  const dBias = make(backend, [info.outChannels]);
  const dx = needsInputGradient ? make(backend, x.shape) : undefined;
  const gradients = { dFilter, dBias, ...(dx ? { dx } : {}) };
  if (dySize === 0) return gradients;
  const wasm = wasmExports(backend);
  const pooled = dy.shape[1]! * dy.shape[2]!;
  const at = (tensor: TensorInfo) => address(backend, tensor);
  // Zeros of the padding must not make NaN of a value that is not finite.
  const clipped = isPadded(info) && wasm.allFinite(at(dy), dySize) === 0;
  withConvShape(
    backend,
    info,
    (shape) => wasm.convReluPoolGradScratch(shape, pooled),
    (shape, scratch) =>
      wasm.convReluPoolGrad(
        shape,
        pooled,
        at(x),
        at(filter),
        at(dy),
        at(route),
        dx ? at(dx) : 0,
        at(dFilter),
        at(dBias),
        scratch,
        clipped,
      ),
  );
  return gradients;
}
