/**
 * One page that shows a training: its facts, its figures, and what they mean.
 *
 * The page holds all it needs and opens from a file without a network, which
 * its content security policy forbids it. Plotly is in it once, gzipped
 * (2.6 MB in base64 against 10 MB as it is), and unpacked by the browser's own
 * `DecompressionStream`. Without JavaScript the page tells the figures in
 * words.
 *
 * @module
 */

import plotly from "plotly.js-dist" with { type: "text" };
import script from "./_report_page.js" with { type: "text" };
import { escapeHtml } from "./escape_html.ts";
import type { Figure } from "./figure.ts";
import { gzipBase64 } from "./gzip_base64.ts";
import { htmlPage } from "./_html_page.ts";

/** A figure under its heading. */
export interface ReportFigure {
  title: string;
  /** What to see in it, in a sentence or two. */
  caption: string;
  figure: Figure;
}

/** What a report shows. */
export interface Report {
  title: string;
  /** Facts in a table, such as `["Test accuracy", "99.12 %"]`. */
  summary: [name: string, value: string][];
  figures: ReportFigure[];
}

const POLICY = "default-src 'none'; script-src 'unsafe-inline'; " +
  "style-src 'unsafe-inline'; img-src data:; " +
  "base-uri 'none'; form-action 'none'";

/**
 * Writes a report as one HTML page, about 2.7 MB.
 *
 * @param report Plain text; what HTML would read as markup is escaped.
 *
 * @example A page without figures
 * ```ts
 * import { reportPage } from "./report_page.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const page = await reportPage({
 *   title: "Training <classic>",
 *   summary: [["Seed", "7"]],
 *   figures: [],
 * });
 * assertStringIncludes(page, "<h1>Training &lt;classic&gt;</h1>");
 * ```
 */
export async function reportPage(report: Report): Promise<string> {
  return htmlPage({
    title: report.title,
    summary: report.summary,
    policy: POLICY,
    style: "",
    main: `<p id="problem" hidden></p>
<noscript><p>The figures need JavaScript. What they show stands below in
words.</p></noscript>
${report.figures.map(section).join("\n")}`,
    scripts: `<script>
${script}</script>
<script type="text/plain" id="plotly">${await gzipBase64(plotly)}</script>
`,
  });
}

function section({ title, caption, figure }: ReportFigure): string {
  const { data, layout, text } = figure;
  // In JSON a < stands only inside strings: escaped, no tag can end or begin.
  const json = JSON.stringify({ data, layout }).replaceAll("<", "\\u003c");
  return `<section>
<h2>${escapeHtml(title)}</h2>
<figure>
<div class="plot" role="img" aria-label="${escapeHtml(title)}"></div>
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>
<details open>
<summary>In words</summary>
<pre>${escapeHtml(text)}</pre>
</details>
<script type="application/json">${json}</script>
</section>`;
}
