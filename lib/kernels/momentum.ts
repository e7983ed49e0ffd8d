/**
 * `MomentumStep`: the step of one variable in one pass.
 *
 * The formula and the loop stand in `wasm/assembly/optimizer.ts`, the
 * definition in `reference/momentum.ts`.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/** Tensors of one shape, float32. */
export interface MomentumInputs {
  value: TensorInfo;
  accumulation: TensorInfo;
  gradient: TensorInfo;
}

/** The numbers of a step. */
export interface MomentumAttrs {
  learningRate: number;
  momentum: number;
  useNesterov: boolean;
}

/**
 * @returns The new value and the new accumulation. The old ones stay as they
 *   are: others may share their memory.
 */
export function momentumStep(
  { value, accumulation, gradient }: MomentumInputs,
  { learningRate, momentum, useNesterov }: MomentumAttrs,
  backend: BackendWasm,
): TensorInfo[] {
  const { shape } = value;
  const newValue = allocate(backend, shape);
  const newAccumulation = allocate(backend, shape);
  wasmExports(backend).momentum(
    address(backend, value),
    address(backend, accumulation),
    address(backend, gradient),
    address(backend, newValue),
    address(backend, newAccumulation),
    util.sizeFromShape(shape),
    momentum,
    learningRate,
    useNesterov,
  );
  return [newValue, newAccumulation];
}
