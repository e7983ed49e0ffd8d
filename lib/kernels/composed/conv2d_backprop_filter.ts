/**
 * `Conv2DBackpropFilter`, put together from other operations: the baseline of
 * the benchmarks.
 *
 * The gradient of a filter is itself a convolution, with the roles turned: the
 * batch becomes the channels that are summed over, dy becomes the filter, and
 * the stride becomes a dilation:
 *
 *   x  [batch, height, width, in]  → [in, height, width, batch]
 *   dy [batch, i, j, out]          → [i, j, batch, out]
 *   their convolution              = [in, filterHeight, filterWidth, out]
 *
 * The backend's forward convolution (XNNPACK) does the multiplications. The
 * definition in plain loops stands in
 * `../reference/conv2d_backprop_filter.ts`.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { conv2dInfo } from "../_conv2d_info.ts";
import { allocateZeros, dispose } from "../_wasm_backend.ts";
import type { Conv2dBackpropFilterAttrs } from "../conv2d_backprop_filter.ts";
import { conv2dValid, transpose } from "./_shipped_ops.ts";
import { windowed } from "./_windowed.ts";

/**
 * @param inputs `x` [batch, inHeight, inWidth, inChannels] and `dy` [batch,
 *   outHeight, outWidth, outChannels].
 * @returns [filterHeight, filterWidth, inChannels, outChannels].
 * @throws {RangeError} If the data format is not NHWC.
 */
export function composedConv2dBackpropFilter(
  inputs: { x: TensorInfo; dy: TensorInfo },
  attrs: Conv2dBackpropFilterAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { x, dy } = inputs;
  const info = conv2dInfo(
    "compute the filter gradient of a convolution",
    x.shape,
    attrs.filterShape,
    attrs,
  );
  if (info.batchSize === 0) return allocateZeros(backend, attrs.filterShape);
  // Exactly the rows and columns that some window has read: with a stride that
  // does not divide the input, the last ones were never looked at.
  const window = windowed(backend, x, {
    top: info.padInfo.top,
    left: info.padInfo.left,
    height: (info.outHeight - 1) * info.strideHeight + info.filterHeight,
    width: (info.outWidth - 1) * info.strideWidth + info.filterWidth,
    spread: [1, 1],
  });
  const xTurned = transpose(backend, window, [3, 1, 2, 0]);
  const dyTurned = transpose(backend, dy, [1, 2, 0, 3]);
  const gradient = conv2dValid(backend, xTurned, dyTurned, [
    info.strideHeight,
    info.strideWidth,
  ]);
  const dFilter = transpose(backend, gradient, [1, 2, 0, 3]);
  dispose(backend, window, xTurned, dyTurned, gradient);
  return dFilter;
}
