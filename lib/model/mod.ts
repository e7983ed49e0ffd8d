/** Networks: building, judging, saving and loading them. @module */

export * from "./apply_layers.ts";
export * from "./architectures.ts";
export * from "./digit_probabilities.ts";
export * from "./load_model.ts";
export * from "./metrics.ts";
export * from "./predict.ts";
export * from "./reseed_dropout.ts";
export * from "./save_model.ts";
export * from "./seeded_dropout.ts";
