/**
 * What a kernel needs of the WASM backend: its memory, and the kernels that it
 * was shipped with.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** The kernels that this project replaces, as they were shipped. */
const shippedKernels = new Map<string, tf.KernelConfig>();

/** A kernel's work: tensors and attributes in, new tensors out. */
export type WasmKernel<Inputs, Attrs> = (
  inputs: Inputs,
  attrs: Attrs,
  backend: BackendWasm,
) => tf.TensorInfo | tf.TensorInfo[];

/** Registers a kernel with the WASM backend, in place of the shipped one. */
export function registerWasmKernel<Inputs, Attrs>(
  kernelName: string,
  kernel: WasmKernel<Inputs, Attrs>,
): void {
  const shipped = tf.getKernel(kernelName, "wasm");
  if (shipped) {
    // What replaces a kernel of this room was not shipped.
    if (!shippedKernels.has(kernelName)) {
      shippedKernels.set(kernelName, shipped);
    }
    tf.unregisterKernel(kernelName, "wasm");
  }
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    // The shipped kernel is still called, so it still has to be set up.
    ...(shipped?.setupFunc ? { setupFunc: shipped.setupFunc } : {}),
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as Inputs, attrs as Attrs, backend as BackendWasm),
  });
}

/**
 * Runs a kernel that the backend was shipped with.
 *
 * @returns A new tensor, owned by the caller.
 */
export function runShipped(
  kernelName: string,
  backend: BackendWasm,
  inputs: Record<string, tf.TensorInfo | undefined>,
  attrs: Record<string, unknown>,
): tf.TensorInfo {
  const kernel = shippedKernels.get(kernelName) ??
    tf.getKernel(kernelName, "wasm")!;
  return kernel.kernelFunc({
    inputs: inputs as tf.NamedTensorInfoMap,
    attrs: attrs as unknown as tf.NamedAttrMap,
    backend,
  }) as tf.TensorInfo;
}

/**
 * The values of a float32 tensor in the backend's memory: a view, lost with
 * the next allocation, as that may grow the memory.
 */
export function heapView(
  backend: BackendWasm,
  tensor: tf.TensorInfo,
): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** Frees tensors that a kernel made on its way. */
export function dispose(backend: BackendWasm, ...tensors: tf.TensorInfo[]) {
  for (const tensor of tensors) backend.disposeData(tensor.dataId);
}

/** A new float32 tensor; its values are whatever stood in that memory. */
export function allocate(
  backend: BackendWasm,
  shape: number[],
): tf.TensorInfo {
  return backend.makeOutput(shape, "float32");
}

/** A new float32 tensor of zeros. */
export function allocateZeros(
  backend: BackendWasm,
  shape: number[],
): tf.TensorInfo {
  const zeros = allocate(backend, shape);
  heapView(backend, zeros).fill(0);
  return zeros;
}
