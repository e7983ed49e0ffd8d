/** Networks as files that other engines and frameworks read. @module */

export * from "./describe_model.ts";
export * from "./export_onnx.ts";
export * from "./export_safetensors.ts";
