/**
 * Which kernels run: what proves the path that a case takes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/**
 * The names of the registered kernels that `fn` runs on the WASM backend, in
 * order, also of those that a kernel runs itself.
 */
export function kernelCalls(fn: () => void): string[] {
  const calls: string[] = [];
  const kernels = tf.getKernelsForBackend("wasm");
  const register = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  };
  for (const kernel of kernels) {
    register({
      ...kernel,
      kernelFunc: (params) => {
        calls.push(kernel.kernelName);
        return kernel.kernelFunc(params);
      },
    });
  }
  try {
    fn();
  } finally {
    for (const kernel of kernels) register(kernel);
  }
  return calls;
}
