/** What only notebooks need: outputs, live curves, the stop button. @module */

export * from "./call_rates.ts";
export * from "./class_counts.ts";
export * from "./class_tiles.ts";
export * from "./embed_plotly.ts";
export * from "./feature_tiles.ts";
export * from "./figure_html.ts";
export * from "./figure_png.ts";
export * from "./filter_gradient.ts";
export * from "./gradient_errors.ts";
export * from "./find_program.ts";
export * from "./jupyter_home.ts";
export * from "./layer_table.ts";
export * from "./live_display.ts";
export * from "./mean_digits.ts";
export * from "./mime_bundle.ts";
export * from "./picture_jpeg.ts";
export * from "./reader_views.ts";
export * from "./show.ts";
export * from "./stop_button.ts";
export * from "./train_live.ts";
export * from "./training_ops.ts";
