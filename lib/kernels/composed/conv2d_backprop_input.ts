/**
 * `Conv2DBackpropInput`, put together from other operations: the baseline of
 * the benchmarks. The shipped kernel is right, but runs in scalar loops.
 *
 * The gradient of the input is a convolution of dy with the filter turned by
 * 180° and its channels exchanged. dy is first spread by the stride and padded
 * with zeros, so that every window of the input gradient finds its place.
 *
 * The backend's forward convolution (XNNPACK) does the multiplications: 23 ms
 * against the shipped 189 ms for [128, 13, 13, 32] with 64 filters of 3×3
 * (medians of 10, interleaved, one core of an AMD EPYC). The definition in
 * plain loops stands in `../reference/conv2d_backprop_input.ts`.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { conv2dInfo } from "../_conv2d_info.ts";
import { allocateZeros, dispose, runShipped } from "../_wasm_backend.ts";
import type { Conv2dBackpropInputAttrs } from "../conv2d_backprop_input.ts";
import { conv2dValid, transpose } from "./_shipped_ops.ts";
import { windowed } from "./_windowed.ts";

/**
 * @param inputs `dy` [batch, outHeight, outWidth, outChannels] and `filter`
 *   [filterHeight, filterWidth, inChannels, outChannels].
 * @returns [batch, inHeight, inWidth, inChannels].
 * @throws {RangeError} If the data format is not NHWC.
 */
export function composedConv2dBackpropInput(
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
  if (info.batchSize === 0) return allocateZeros(backend, attrs.inputShape);
  const window = windowed(backend, dy, {
    top: info.filterHeight - 1 - info.padInfo.top,
    left: info.filterWidth - 1 - info.padInfo.left,
    height: info.inHeight + info.filterHeight - 1,
    width: info.inWidth + info.filterWidth - 1,
    spread: [info.strideHeight, info.strideWidth],
  });
  const turned = runShipped("Reverse", backend, { x: filter }, {
    dims: [0, 1],
  });
  const exchanged = transpose(backend, turned, [0, 1, 3, 2]);
  const dx = conv2dValid(backend, window, exchanged, [1, 1]);
  dispose(backend, window, turned, exchanged);
  return dx;
}
