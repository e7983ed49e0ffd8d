/**
 * The gradient of `Square`, of which the variance of a batch is made: one
 * kernel in the place of a cast and two products.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { replaceGradient } from "./_replace_gradient.ts";
import { allocate } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";

/**
 * `SquareGrad`.
 *
 * @param inputs `x` and `dy`, of one shape.
 * @returns 2 · x · dy.
 */
export function squareGrad(
  { x, dy }: { x: tf.TensorInfo; dy: tf.TensorInfo },
  _attrs: unknown,
  backend: BackendWasm,
): tf.TensorInfo {
  const dx = allocate(backend, x.shape);
  wasmExports(backend).squareGrad(
    address(backend, x),
    address(backend, dy),
    address(backend, dx),
    tf.util.sizeFromShape(x.shape),
  );
  return dx;
}

/** Makes `Square` of float32 take its gradient from `SquareGrad`. */
export function replaceSquareGradient(): void {
  replaceGradient(
    "Square",
    ({ dy, saved: [x] }) => x!.dtype === "float32" && dy.dtype === "float32",
    ({ dy, saved: [x] }) => ({
      x: () => tf.engine().runKernel("SquareGrad", { x: x!, dy }),
    }),
  );
}
