/**
 * `SoftmaxCrossEntropy`, the kernel behind `softmaxCrossEntropy()`. The loop
 * stands in `wasm/assembly/softmax_cross_entropy.ts`, the definition in
 * `reference/softmax_cross_entropy.ts`.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/**
 * @param inputs `logits` and `oneHot`, both float32 [batch, classes].
 * @returns The losses [batch], and the gradient of their mean [batch, classes].
 */
export function softmaxCrossEntropyKernel(
  { logits, oneHot }: { logits: TensorInfo; oneHot: TensorInfo },
  _attrs: unknown,
  backend: BackendWasm,
): TensorInfo[] {
  const [batch, classes] = logits.shape as [number, number];
  const losses = allocate(backend, [batch]);
  const dLogits = allocate(backend, [batch, classes]);
  wasmExports(backend).softmaxCrossEntropy(
    address(backend, logits),
    address(backend, oneHot),
    address(backend, losses),
    address(backend, dLogits),
    batch,
    classes,
  );
  return [losses, dLogits];
}
