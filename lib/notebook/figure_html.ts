/**
 * Figures as HTML for pages without a network: Plotly is in the notebook once,
 * and each figure waits for it. Without scripts a figure is told in words.
 *
 * @module
 */

import plotly from "plotly.js-cartesian-dist-min" with { type: "text" };
import { escapeHtml, type Figure, gzipBase64 } from "../plot/mod.ts";
import bring from "./_bring_plotly.js" with { type: "text" };
import draw from "./_draw_figures.js" with { type: "text" };
import { notebookLayout } from "./_notebook_layout.ts";
import shared from "./_shared_plotly.js" with { type: "text" };

/** Plotly for all figures of a page, gzipped. */
export async function plotlyHtml(): Promise<string> {
  return `<script class="digit-plotly" type="text/plain">${await gzipBase64(
    plotly,
  )}</script>
${script(shared, bring)}`;
}

/**
 * A figure that draws itself where `plotlyHtml()` is on the same page.
 *
 * @example What HTML would read as markup is escaped
 * ```ts
 * import { figureHtml } from "./figure_html.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const html = figureHtml({ data: [], layout: { height: 9 }, text: "1 < 2" });
 * assertStringIncludes(html, "1 &lt; 2</pre>");
 * ```
 */
export function figureHtml(figure: Figure): string {
  const { data, text } = figure;
  const layout = notebookLayout(figure);
  // In JSON a < stands only inside strings: escaped, no tag can end or begin.
  const json = JSON.stringify({ data, layout }).replaceAll("<", "\\u003c");
  return `<div class="digit-figure">
<div role="img" aria-label="${escapeHtml(text.split("\n")[0]!)}"></div>
<pre>${escapeHtml(text)}</pre>
<script type="application/json">${json}</script>
</div>
${script(shared, draw)}`;
}

/** Without the comments, which need not be in every notebook again. */
function script(...sources: string[]): string {
  const code = sources.map((source) =>
    source.replace(/^\/\*\*.*?\*\/\s*/s, "").replaceAll(/^ *\/\/.*\n/gm, "")
  );
  return `<script>
${code.join("")}</script>`;
}
