/** Pictures of handwritten numbers, made from MNIST digits. @module */

export * from "./write_digit.ts";
export * from "./draw_strokes.ts";
export * from "./glyphs.ts";
export * from "./ink.ts";
export * from "./paint_page.ts";
export * from "./write_rows.ts";
