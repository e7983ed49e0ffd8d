/** The drawing pad: its page, and the local server behind it. @module */

export * from "./example_drawing.ts";
export * from "./pad_output.ts";
export * from "./show_pad.ts";
export * from "./start_pad.ts";
