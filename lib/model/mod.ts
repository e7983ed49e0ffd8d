/** Networks: building, judging, saving and loading them. @module */

export * from "./apply_layers.ts";
export * from "./architectures.ts";
export * from "./chain_layers.ts";
export * from "./digit_probabilities.ts";
export * from "./arg_max.ts";
export * from "./expected_calibration_error.ts";
export * from "./find_temperature.ts";
export * from "./load_model.ts";
export * from "./metrics.ts";
export * from "./predict.ts";
export * from "./reliability_bins.ts";
export * from "./reseed_dropout.ts";
export * from "./risk_coverage.ts";
export * from "./save_model.ts";
export * from "./scale_temperature.ts";
export * from "./seeded_dropout.ts";
export * from "./shifted_views.ts";
export * from "./temper.ts";
