/**
 * Writing and reading tensors where they lie.
 *
 * `tf.tensor()` and `dataSync()` copy, and what they copy becomes garbage.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate, heapView } from "./_wasm_backend.ts";

/**
 * Makes a float32 tensor. On the WASM backend its values are written in place.
 *
 * @param write Is given as many values as the shape has, to set all of them; it
 *   must make no tensor meanwhile.
 * @returns A new tensor, owned by the caller or the `tf.tidy()` around it.
 *
 * @example
 * ```ts
 * import { startWasmBackend } from "./start_wasm_backend.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await startWasmBackend();
 * const x = createTensor([2, 2], (values) => values.set([1, 2, 3, 4]));
 * assertEquals([...readTensor(x)], [1, 2, 3, 4]);
 * ```
 */
export function createTensor(
  shape: number[],
  write: (values: Float32Array) => void,
): tf.Tensor {
  if (tf.getBackend() !== "wasm") {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    write(values);
    return tf.tensor(values, shape);
  }
  const backend = tf.backend() as BackendWasm;
  const info = allocate(backend, shape);
  write(heapView(backend, info));
  return tf.engine().makeTensorFromTensorInfo(info, backend);
}

/**
 * The values of a float32 tensor: on the WASM backend a view, which is good
 * until the next tensor is made.
 */
export function readTensor(tensor: tf.Tensor): Float32Array {
  return tf.getBackend() === "wasm"
    ? heapView(tf.backend() as BackendWasm, tensor)
    : tensor.dataSync<"float32">();
}
