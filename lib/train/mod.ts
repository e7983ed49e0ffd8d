/** Training and judging networks. @module */

export * from "./augment.ts";
export * from "./checkpoint.ts";
export * from "./checkpoint_folder.ts";
export * from "./digits_hash.ts";
export * from "./evaluate_model.ts";
export * from "./find_mistakes.ts";
export * from "./fit_seeded.ts";
export * from "./history.ts";
export * from "./progress.ts";
export * from "./recipes.ts";
export * from "./run_folder.ts";
export * from "./run_state.ts";
export * from "./schedules.ts";
export * from "./team.ts";
export * from "./train_and_save.ts";
export * from "./train_model.ts";
export * from "./train_team.ts";
export * from "./unfinished_run.ts";
