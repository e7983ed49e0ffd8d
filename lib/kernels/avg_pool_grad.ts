/**
 * `AvgPoolGrad`: shipped with a divisor that counts the padding, which
 * `AvgPool` does not, so that the gradients of padded windows come out too
 * small; the cpu backend has the same fault.
 *
 * 74 µs against the shipped 2,300 for [16, 26, 26, 32] in 2×2 (means, one core
 * of an AMD EPYC). The loops stand in `wasm/assembly/avg_pool.ts`, the
 * definition, one window at a time, in `reference/avg_pool_grad.ts`.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type PoolAttrs, poolGradSizes } from "./_pool_info.ts";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/**
 * @param inputs `dy` [batch, outHeight, outWidth, channels] and `input`
 *   [batch, inHeight, inWidth, channels], what was pooled.
 * @returns [batch, inHeight, inWidth, channels].
 */
export function avgPoolGrad(
  { dy, input }: { dy: TensorInfo; input: TensorInfo },
  attrs: PoolAttrs,
  backend: BackendWasm,
): TensorInfo {
  const dx = allocate(backend, input.shape);
  wasmExports(backend).avgPoolGrad(
    address(backend, dy),
    address(backend, dx),
    ...poolGradSizes(input.shape, dy.shape, attrs),
  );
  return dx;
}
