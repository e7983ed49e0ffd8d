/**
 * `Identity`, which `clone()` runs, and `tf.customGrad()` on what it saves: the
 * same values under another name, as in the cpu backend. The shipped kernel
 * copies them.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** @returns A tensor that shares the memory of `x`. */
export function identity(
  { x }: { x: TensorInfo },
  _attrs: unknown,
  backend: BackendWasm,
): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}
