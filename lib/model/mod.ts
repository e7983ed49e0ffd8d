/** Networks: building, judging, saving and loading them. @module */

export * from "./architectures.ts";
export * from "./load_model.ts";
export * from "./metrics.ts";
export * from "./predict.ts";
export * from "./save_model.ts";
