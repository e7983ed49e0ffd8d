/**
 * `FusedBatchNorm` over the last axis: as shipped, it divides to find the
 * channel of every value. The loop stands in `wasm/assembly/batch_norm.ts`, the
 * definition in `reference/batch_norm.ts`.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate, runShipped } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/** Inputs of the kernel. */
export interface BatchNormInputs {
  /** [..., channels]. */
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  offset?: TensorInfo;
  scale?: TensorInfo;
}

/** Attributes of the kernel. */
export interface BatchNormAttrs {
  varianceEpsilon: number;
}

/**
 * @returns (x − mean) · scale / √(variance + epsilon) + offset, in the shape of
 *   x; as shipped where the moments are not those of the channels or not float32.
 */
export function batchNorm(
  inputs: BatchNormInputs,
  attrs: BatchNormAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { x, ...moments } = inputs;
  const channels = x.shape.at(-1)!;
  const isCovered = x.dtype === "float32" && channels > 0 &&
    Object.values(moments).every((moment?: TensorInfo) =>
      !moment ||
      moment.dtype === "float32" && isRow(moment.shape, channels)
    );
  if (!isCovered) {
    return runShipped("FusedBatchNorm", backend, { ...inputs }, { ...attrs });
  }
  const { mean, variance, offset, scale } = moments;
  const y = allocate(backend, x.shape);
  wasmExports(backend).batchNorm(
    address(backend, x),
    address(backend, mean),
    address(backend, variance),
    offset ? address(backend, offset) : 0,
    scale ? address(backend, scale) : 0,
    attrs.varianceEpsilon,
    address(backend, y),
    util.sizeFromShape(x.shape) / channels,
    channels,
  );
  return y;
}

/** [channels] or [1, ..., 1, channels]. */
function isRow(shape: number[], channels: number): boolean {
  return shape.at(-1) === channels && util.sizeFromShape(shape) === channels;
}
