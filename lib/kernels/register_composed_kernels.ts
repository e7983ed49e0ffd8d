/**
 * The gradients of convolutions put together from other operations: with these
 * alone, TensorFlow.js trains CNNs on the WASM backend as it was shipped. The
 * benchmarks compare the kernels of this room with that.
 *
 * @module
 */

import { registerWasmKernel } from "./_wasm_backend.ts";
import { composedConv2dBackpropFilter } from "./composed/conv2d_backprop_filter.ts";
import { composedConv2dBackpropInput } from "./composed/conv2d_backprop_input.ts";

/**
 * Registers the composed gradients; all other kernels stay as they are, so a
 * thread that never calls `registerTrainingKernels()` keeps the shipped ones.
 */
export function registerComposedKernels(): void {
  registerWasmKernel("Conv2DBackpropFilter", composedConv2dBackpropFilter);
  registerWasmKernel("Conv2DBackpropInput", composedConv2dBackpropInput);
}
