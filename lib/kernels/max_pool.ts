/**
 * `MaxPool`: as shipped, a NaN hides larger values that come before or after
 * it, as it happens to lie, and a window that holds padding alone is left as
 * the memory was. Here a NaN is never a maximum, as in the cpu backend.
 *
 * 31 µs against the shipped 61 for [16, 26, 26, 32] in 2×2, the same in 3×3
 * (means, one core of an AMD EPYC). The loops stand in
 * `wasm/assembly/max_pool.ts`, the definition, one window at a time, in
 * `reference/max_pool.ts`.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type PoolAttrs, poolInfo, poolSizes } from "./_pool_info.ts";
import { allocate, runShipped } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/**
 * @param inputs `x` [batch, inHeight, inWidth, channels]; one that is not
 *   float32 goes to the shipped kernel, which rejects it.
 * @returns [batch, outHeight, outWidth, channels]; -Infinity where a window
 *   holds padding and NaN only.
 */
export function maxPool(
  inputs: { x: TensorInfo },
  attrs: PoolAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { x } = inputs;
  if (x.dtype !== "float32") {
    return runShipped("MaxPool", backend, inputs, { ...attrs });
  }
  const info = poolInfo(x.shape, attrs);
  const y = allocate(backend, info.outShape);
  wasmExports(backend)
    .maxPool(address(backend, x), address(backend, y), ...poolSizes(info));
  return y;
}
