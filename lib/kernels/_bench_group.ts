/**
 * What the benchmarks of the kernels share.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { createRandom } from "../random/mod.ts";
import { registerTrainingKernels } from "./register_training_kernels.ts";
import { startWasmBackend } from "./start_wasm_backend.ts";

/** Starts the backend with the kernels. */
export async function startBench(): Promise<BackendWasm> {
  await startWasmBackend();
  registerTrainingKernels();
  return tf.backend() as BackendWasm;
}

/** Seeded values, uniform in [-1, 1). */
export function benchValues(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => 2 * random.next() - 1);
}

/** Seeded values in 0…1: the shipped pooling gradient needs positive ones. */
export function benchTensor(shape: number[], seed: number): tf.Tensor {
  const values = benchValues(tf.util.sizeFromShape(shape), seed);
  return tf.tensor(values.map(Math.abs), shape);
}

/**
 * Checks results before they are timed: a kernel that is fast and wrong has no
 * time.
 *
 * @param tolerance Relative to the greatest expected value.
 * @throws {RangeError} If a value is further away.
 */
export function checkResult(
  name: string,
  actual: Float32Array,
  expected: Float32Array,
  tolerance = 1e-4,
): void {
  let scale = 0;
  for (const value of expected) scale = Math.max(scale, Math.abs(value));
  for (const [index, value] of expected.entries()) {
    if (!(Math.abs(actual[index]! - value) <= tolerance * scale)) {
      throw new RangeError(
        `Cannot time ${name} as value ${index} must be ${value}: current value is ${
          actual[index]
        }`,
      );
    }
  }
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
