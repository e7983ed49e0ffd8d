/** Plain data in, Plotly figure out; and the page that shows them. @module */

export * from "./confusion_figure.ts";
export * from "./explain_page.ts";
export * from "./figure.ts";
export * from "./history_figure.ts";
export * from "./mistakes_figure.ts";
export * from "./rejection_figure.ts";
export * from "./reliability_figure.ts";
export * from "./report_page.ts";
