/** Training on the WASM backend: what it lacks, and what it has wrong. @module */

export * from "./adam_update.ts";
export { convReluPool, type ConvReluPoolOptions } from "./conv_relu_pool.ts";
export { forwardProducts } from "./_convolve.ts";
export * from "./direct_conv2d.ts";
export * from "./register_composed_kernels.ts";
export * from "./register_training_kernels.ts";
export * from "./softmax_cross_entropy.ts";
export * from "./start_wasm_backend.ts";
export * from "./tensor_values.ts";
export * from "./wasm_peak.ts";
