/** Plain data in, Plotly figure out; and the page that shows them. @module */

export * from "./bars_figure.ts";
export * from "./boxes_figure.ts";
export * from "./confusion_figure.ts";
export * from "./escape_html.ts";
export * from "./explain_page.ts";
export * from "./figure.ts";
export * from "./gallery_figure.ts";
export * from "./gzip_base64.ts";
export * from "./history_figure.ts";
export * from "./lines_figure.ts";
export * from "./mistakes_figure.ts";
export * from "./probabilities_figure.ts";
export * from "./rejection_figure.ts";
export * from "./reliability_figure.ts";
export * from "./report_page.ts";
