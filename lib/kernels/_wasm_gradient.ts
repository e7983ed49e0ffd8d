/**
 * Gradients that run a kernel of their own on the WASM backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { registerWasmKernel, type WasmKernel } from "./_wasm_backend.ts";

/**
 * Gives an activation a gradient in one kernel. Where the backend is another
 * or a tensor is not float32, the shipped gradient is taken.
 *
 * @param kernelName Of the activation, which takes `x` alone.
 * @param gradKernelName Of its gradient, to be registered here.
 * @param gradKernel dx from `x` and `dy`; linear in dy, and the same for all x
 *   of one sign.
 */
export function registerWasmGradient<Attrs>(
  kernelName: string,
  gradKernelName: string,
  gradKernel: WasmKernel<{ x: tf.TensorInfo; dy: tf.TensorInfo }, Attrs>,
): void {
  const run = (x: tf.Tensor, dy: tf.Tensor, attrs: tf.NamedAttrMap) =>
    tf.engine().runKernel(gradKernelName, { x, dy }, attrs) as tf.Tensor;
  const shipped = tf.getGradient(kernelName);
  registerWasmKernel(gradKernelName, gradKernel);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => {
      const [x] = saved as [tf.Tensor];
      const isCovered = tf.getBackend() === "wasm" &&
        x.dtype === "float32" && (dy as tf.Tensor).dtype === "float32";
      return isCovered
        ? { x: () => run(x, dy as tf.Tensor, attrs) }
        : shipped.gradFunc(dy, saved, attrs);
    },
  });
  // For gradients of gradients.
  tf.registerGradient({
    kernelName: gradKernelName,
    inputsToSave: ["x"],
    gradFunc: (ddx, [x], attrs) => ({
      x: () => tf.zerosLike(x!),
      dy: () => run(x!, ddx as tf.Tensor, attrs),
    }),
  });
}
