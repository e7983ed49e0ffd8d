/**
 * `SgdStep`: the step of one variable in one pass.
 *
 * The formula and the loop stand in `wasm/assembly/optimizer.ts`, the
 * definition in `reference/sgd.ts`.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/**
 * @param inputs Tensors of one shape, float32.
 * @returns The new value. The old one stays as it is: others may share its
 *   memory.
 */
export function sgdStep(
  { value, gradient }: { value: TensorInfo; gradient: TensorInfo },
  { learningRate }: { learningRate: number },
  backend: BackendWasm,
): TensorInfo {
  const newValue = allocate(backend, value.shape);
  wasmExports(backend).sgd(
    address(backend, value),
    address(backend, gradient),
    address(backend, newValue),
    util.sizeFromShape(value.shape),
    learningRate,
  );
  return newValue;
}
