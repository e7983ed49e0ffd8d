/** From a picture to the numbers on it, and how well they were read. @module */

export * from "./are_scraps.ts";
export * from "./edit_distance.ts";
export * from "./find_digits.ts";
export * from "./find_rows.ts";
export * from "./ink_levels.ts";
export * from "./is_frame.ts";
export * from "./is_intruder.ts";
export * from "./join_strokes.ts";
export * from "./labels.ts";
export * from "./overlay.ts";
export * from "./read_picture.ts";
export * from "./reading.ts";
export * from "./remove_rules.ts";
export * from "./score.ts";
export * from "./take_apart.ts";
export * from "./typical_height.ts";
