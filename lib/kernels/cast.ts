/**
 * `Cast`: to the dtype that a tensor has, it shares the memory, where the
 * shipped kernel copies it. Other casts go to that one.
 *
 * @module
 */

import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { identity } from "./identity.ts";
import { runShipped } from "./_wasm_backend.ts";

/** @returns `x` in the dtype. */
export function cast(
  inputs: { x: TensorInfo },
  { dtype }: { dtype: DataType },
  backend: BackendWasm,
): TensorInfo {
  if (inputs.x.dtype === dtype) return identity(inputs, {}, backend);
  return runShipped("Cast", backend, inputs, { dtype });
}
