/**
 * One step of Adam over weights that lie anywhere in the backend's memory.
 *
 * The formula and the loop stand in `wasm/assembly/optimizer.ts`, the
 * definition in `reference/adam.ts`.
 *
 * @module
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { wasmExports } from "./_wasm_module.ts";

/** Weights and their running means; for `adamUpdate()` addresses, in bytes. */
export interface AdamState<T> {
  value: T;
  /** Of the gradients. */
  firstMoment: T;
  /** Of the squares of the gradients. */
  secondMoment: T;
}

/** The numbers of a step, all in 0…1 but the learning rate. */
export interface AdamAttrs {
  learningRate: number;
  /** Share of the old first moment that is kept. */
  beta1: number;
  /** Share of the old second moment that is kept. */
  beta2: number;
  /** Added to the root of the second moment. */
  epsilon: number;
  /** beta1 to the power of the step, which counts from 1. */
  accBeta1: number;
  /** beta2 to the power of the step. */
  accBeta2: number;
}

/**
 * @param from Where the state and the gradient stand.
 * @param to Where the new state goes; it may be the same place. Then no tensor
 *   of the backend may lie there that the shipped kernels multiply by, as they
 *   keep a copy of it in an order of their own.
 * @param size Number of weights, float32.
 */
export function adamUpdate(
  backend: BackendWasm,
  from: AdamState<number> & { gradient: number },
  to: AdamState<number>,
  size: number,
  { learningRate, beta1, beta2, epsilon, accBeta1, accBeta2 }: AdamAttrs,
): void {
  wasmExports(backend).adam(
    from.value,
    from.firstMoment,
    from.secondMoment,
    from.gradient,
    to.value,
    to.firstMoment,
    to.secondMoment,
    size,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    1 - accBeta1,
    1 - accBeta2,
    epsilon,
    learningRate,
  );
}
