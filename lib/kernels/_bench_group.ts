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

/** Seeded values in 0…1. */
export function randomTensor(shape: number[], seed: number): tf.Tensor {
  const random = createRandom(seed);
  return tf.tensor(
    Float32Array.from(
      { length: tf.util.sizeFromShape(shape) },
      () => random.next(),
    ),
    shape,
  );
}

/** A kernel's answer, as `runShipped()` and `runKernel()` give it. */
type Contender = () => tf.TensorInfo;

/**
 * A group of benchmarks, each checked against the reference before.
 *
 * @param reference The baseline.
 * @throws {Error} If an answer is not within 1e-5 of the reference's, relative
 *   to the larger of 1 and that.
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
    const values = backend.typedArrayFromHeap(answer);
    const wrong = expected.findIndex((value, index) =>
      !(Math.abs(values[index]! - value) <= 1e-5 * Math.max(1, Math.abs(value)))
    );
    if (wrong >= 0) {
      throw new Error(
        `Cannot time ${name} of ${group} as value ${wrong} must be ${
          expected[wrong]
        }: it is ${values[wrong]}`,
      );
    }
    discard(answer);
    Deno.bench({ name, group, fn: () => discard(contender()) });
  }

  /** Tensors belong to the engine, the answers of kernels to the caller. */
  function discard(answer: tf.TensorInfo): void {
    if (answer instanceof tf.Tensor) answer.dispose();
    else backend.disposeData(answer.dataId);
  }
}
