/**
 * The gradients put together from other operations: what the benchmarks
 * compare the kernels of this room with.
 *
 * @module
 */

import { registerWasmKernel } from "./_wasm_backend.ts";
import { composedConv2dBackpropFilter } from "./composed/conv2d_backprop_filter.ts";
import { composedConv2dBackpropInput } from "./composed/conv2d_backprop_input.ts";

/**
 * Registers the composed gradients, in place of those that
 * `registerTrainingKernels()` has registered before.
 */
export function registerComposedKernels(): void {
  registerWasmKernel("Conv2DBackpropFilter", composedConv2dBackpropFilter);
  registerWasmKernel("Conv2DBackpropInput", composedConv2dBackpropInput);
}
