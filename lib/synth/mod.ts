/** Pictures of handwritten numbers, made from MNIST digits. @module */

export * from "./change_pen.ts";
export * from "./difficulties.ts";
export * from "./draw_strokes.ts";
export * from "./glyphs.ts";
export * from "./ink.ts";
export * from "./make_string.ts";
export * from "./paint_page.ts";
export * from "./write_digit.ts";
export * from "./write_rows.ts";
export * from "./write_string.ts";
