/**
 * `Conv2DBackpropInput`: right as shipped, but in scalar loops.
 *
 * The work is done in `wasm/assembly/conv2d_backprop_input.ts`, or as a
 * convolution in `winograd.ts`; the definition in plain loops stands in
 * `reference/conv2d_backprop_input.ts`.
 *
 * @module
 */

import { type backend_util, type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type Conv2dAttrs, conv2dInfo } from "./_conv2d_info.ts";
import { windowSize, withConvShape } from "./_conv_shape.ts";
import { allocate, allocateZeros } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";
import {
  inputGradientByWinograd,
  turnedConvolution,
} from "./_winograd_input_gradient.ts";
import { convGradientPath } from "./conv_gradient_path.ts";

/** Attributes of the kernel. */
export interface Conv2dBackpropInputAttrs extends Conv2dAttrs {
  /** [batch, inHeight, inWidth, inChannels]. */
  inputShape: [number, number, number, number];
}

/**
 * @param inputs `dy` [batch, outHeight, outWidth, outChannels] and `filter`
 *   [filterHeight, filterWidth, inChannels, outChannels].
 * @returns [batch, inHeight, inWidth, inChannels].
 * @throws {RangeError} If the data format is not NHWC.
 */
export function conv2dBackpropInput(
  inputs: { dy: TensorInfo; filter: TensorInfo },
  attrs: Conv2dBackpropInputAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { dy, filter } = inputs;
  const info = conv2dInfo(
    "compute the input gradient of a convolution",
    attrs.inputShape,
    filter.shape,
    attrs,
  );
  const dySize = util.sizeFromShape(dy.shape);
  if (dySize === 0) return allocateZeros(backend, attrs.inputShape);
  const dx = allocate(backend, attrs.inputShape);
  const wasm = wasmExports(backend);
  const filterSize = util.sizeFromShape(filter.shape);
  const path = convGradientPath({
    share: wasm.countNonZeros(address(backend, dy), dySize) / dySize,
    windowSize: windowSize(info),
    dyFinite: true,
    otherFinite: wasm.allFinite(address(backend, filter), filterSize) === 1,
    multipliesPadding: false,
  });
  const convolution = path === "dense" ? turnedConvolution(info) : undefined;
  const isDone = convolution &&
    inputGradientByWinograd(backend, inputs, convolution, dx);
  if (!isDone) {
    inputGradientDirectly(backend, inputs, info, dx, path === "sparse");
  }
  return dx;
}

/**
 * By the definition.
 *
 * @param dx Takes the result.
 * @param sparse Whether zeros of dy are left out.
 */
export function inputGradientDirectly(
  backend: BackendWasm,
  { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
  info: backend_util.Conv2DInfo,
  dx: TensorInfo,
  sparse: boolean,
): void {
  const wasm = wasmExports(backend);
  const [dyAt, filterAt, dxAt] = [dy, filter, dx].map((each) =>
    address(backend, each)
  ) as [number, number, number];
  const [scratchBytes, run] = sparse
    ? [wasm.inputGradientSparseScratch, wasm.inputGradientSparse]
    : [wasm.inputGradientDenseScratch, wasm.inputGradientDense];
  withConvShape(
    backend,
    info,
    scratchBytes,
    (shape, scratch) => run(shape, dyAt, filterAt, dxAt, scratch),
  );
}
