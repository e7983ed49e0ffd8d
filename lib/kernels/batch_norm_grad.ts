/**
 * The gradient of `FusedBatchNorm`. As shipped, it is put together from some
 * twenty ops, one of them a `Tile` of rank 4 that takes longer than all others
 * together. Here one kernel gives all five gradients in one pass; the loop
 * stands in `wasm/assembly/batch_norm.ts`, the definition in
 * `reference/batch_norm_grad.ts`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { BatchNormAttrs } from "./batch_norm.ts";
import { replaceGradient } from "./_replace_gradient.ts";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports, withScratch } from "./_wasm_module.ts";

/** Inputs of the kernel: those of `FusedBatchNorm` and the gradient of y. */
export interface BatchNormGradInputs {
  /** [..., channels]. */
  x: tf.TensorInfo;
  /** As `x`. */
  dy: tf.TensorInfo;
  /** [channels], as `variance` and `scale`. */
  mean: tf.TensorInfo;
  variance: tf.TensorInfo;
  scale: tf.TensorInfo;
}

/**
 * `FusedBatchNormGrad`.
 *
 * @returns dx, and dMean, dVariance, dScale and dOffset, each [channels].
 */
export function batchNormGrad(
  { x, dy, mean, variance, scale }: BatchNormGradInputs,
  { varianceEpsilon }: BatchNormAttrs,
  backend: BackendWasm,
): tf.TensorInfo[] {
  const [channels] = mean.shape as [number];
  const results = [x.shape, [channels], [channels], [channels], [channels]]
    .map((shape) => allocate(backend, shape));
  const [dx, dMean, dVariance, dScale, dOffset] = results.map((result) =>
    address(backend, result)
  ) as [number, number, number, number, number];
  // Two float64 a channel.
  withScratch(backend, 16 * channels, (scratch) => {
    wasmExports(backend).batchNormGrad(
      address(backend, x),
      address(backend, dy),
      address(backend, mean),
      address(backend, variance),
      address(backend, scale),
      varianceEpsilon,
      dx,
      dMean,
      dVariance,
      dScale,
      dOffset,
      tf.util.sizeFromShape(x.shape) / channels,
      channels,
      scratch,
    );
  });
  return results;
}

/**
 * Makes `FusedBatchNorm` take its gradient from `FusedBatchNormGrad`. There is a
 * scale always: without one, TensorFlow.js fails before it comes to a gradient.
 */
export function replaceBatchNormGradient(): void {
  replaceGradient(
    "FusedBatchNorm",
    ({ dy, saved }) =>
      saved[1]!.rank === 1 && saved[1]!.size > 0 &&
      [dy, ...saved].every(({ dtype }) => dtype === "float32"),
    ({ dy, saved: [x, mean, variance, scale], attrs }) => {
      // Not when they are asked for, as the kernel gives all of them at once.
      const [dx, dMean, dVariance, dScale, dOffset] = tf.engine().runKernel(
        "FusedBatchNormGrad",
        { x: x!, dy, mean: mean!, variance: variance!, scale: scale! },
        attrs,
      ) as tf.Tensor[];
      return {
        x: () => dx!,
        mean: () => dMean!,
        variance: () => dVariance!,
        scale: () => dScale!,
        offset: () => dOffset!,
      };
    },
  );
}
