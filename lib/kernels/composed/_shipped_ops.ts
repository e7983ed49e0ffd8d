/**
 * The shipped operations that the gradients are put together from.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { runShipped } from "../_wasm_backend.ts";

/** A transposed copy; `perm[i]` is the axis that becomes axis i. */
export function transpose(
  backend: BackendWasm,
  x: TensorInfo,
  perm: number[],
): TensorInfo {
  return runShipped("Transpose", backend, { x }, { perm });
}

/** A stride-1 convolution without padding, in NHWC. */
export function conv2dValid(
  backend: BackendWasm,
  x: TensorInfo,
  filter: TensorInfo,
  dilations: [height: number, width: number],
): TensorInfo {
  return runShipped("Conv2D", backend, { x, filter }, {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    dilations,
  });
}
