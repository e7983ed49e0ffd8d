/**
 * What the benchmarks of the kernels share.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { benchValues, checkResult } from "./_bench.ts";
import { registerTrainingKernels } from "./register_training_kernels.ts";
import { startWasmBackend } from "./start_wasm_backend.ts";

/** Starts the backend with the kernels. */
export async function startBench(): Promise<BackendWasm> {
  await startWasmBackend();
  registerTrainingKernels();
  return tf.backend() as BackendWasm;
}

/** Seeded values in 0…1: the shipped pooling gradient needs positive ones. */
export function benchTensor(shape: number[], seed: number): tf.Tensor {
  const values = benchValues(tf.util.sizeFromShape(shape), seed);
  return tf.tensor(values.map(Math.abs), shape);
}

/** A kernel's answer, as `runShipped()` and `runKernel()` give it. */
type Contender = () => tf.TensorInfo;

/**
 * A group of benchmarks, each checked against the reference before.
 *
 * @param reference The baseline.
 * @throws {RangeError} If an answer is not the reference's.
 */
export function benchGroup(
  group: string,
  backend: BackendWasm,
  reference: () => Float32Array,
  contenders: Record<string, Contender>,
): void {
  Deno.bench({
    name: "reference",
    group,
    baseline: true,
    fn: () => void reference(),
  });
  const expected = reference();
  for (const [name, contender] of Object.entries(contenders)) {
    const answer = contender();
    const values = backend.typedArrayFromHeap(answer) as Float32Array;
    checkResult(`${name} of ${group}`, values, expected, 1e-5);
    discard(answer);
    Deno.bench({ name, group, fn: () => discard(contender()) });
  }

  /** Tensors belong to the engine, the answers of kernels to the caller. */
  function discard(answer: tf.TensorInfo): void {
    if (answer instanceof tf.Tensor) answer.dispose();
    else backend.disposeData(answer.dataId);
  }
}
