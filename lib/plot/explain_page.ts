/**
 * One page that shows how a picture was read, stage by stage.
 *
 * Like the report it holds all it needs; it has no scripts.
 *
 * @module
 */

import style from "./_explain_page.css" with { type: "text" };
import { escapeHtml } from "./escape_html.ts";
import { htmlPage } from "./_html_page.ts";

/** A stage of the reader. */
export interface ExplainedStage {
  title: string;
  /** What to see in it, in a sentence or two. */
  text: string;
  /** The URL of a picture. */
  image: string;
}

/** Something that may be a digit. */
export interface ExplainedCandidate {
  /** The URL of the 28×28 picture that the network saw. */
  image: string;
  /** What it was taken for: a digit, or words. */
  name: string;
  /** What the network says, and what else counted. */
  details: string[];
}

/** A row of digits. */
export interface ExplainedRow {
  title: string;
  /** On the best path, from left to right. */
  chosen: ExplainedCandidate[];
  /** The rest of the lattice, or the likeliest part of it. */
  others: ExplainedCandidate[];
}

/** What a page shows. */
export interface Explanation {
  title: string;
  /** Facts in a table. */
  summary: [name: string, value: string][];
  stages: ExplainedStage[];
  rows: ExplainedRow[];
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; " +
  "img-src data:; base-uri 'none'; form-action 'none'";

/**
 * Writes the page.
 *
 * @param explanation Plain text; what HTML would read as markup is escaped.
 *
 * @example
 * ```ts
 * import { explainPage } from "./explain_page.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const page = explainPage({
 *   title: "How <a.png> was read",
 *   summary: [],
 *   stages: [],
 *   rows: [],
 * });
 * assertStringIncludes(page, "<h1>How &lt;a.png&gt; was read</h1>");
 * ```
 */
export function explainPage(explanation: Explanation): string {
  const { title, summary, stages, rows } = explanation;
  const sections = [...stages.map(stageSection), ...rows.map(rowSection)];
  return htmlPage({
    title,
    summary,
    policy: POLICY,
    style,
    main: sections.join("\n"),
    scripts: "",
  });
}

function stageSection({ title, text, image }: ExplainedStage): string {
  return `<section>
<h2>${escapeHtml(title)}</h2>
<figure>
<img class="stage" src="${escapeHtml(image)}" alt="${escapeHtml(title)}">
<figcaption>${escapeHtml(text)}</figcaption>
</figure>
</section>`;
}

function rowSection({ title, chosen, others }: ExplainedRow): string {
  const rest = others.length === 0 ? "" : `
<details>
<summary>${others.length} other candidate${
    others.length === 1 ? "" : "s"
  }</summary>
${cards(others)}
</details>`;
  return `<section>
<h2>${escapeHtml(title)}</h2>
${cards(chosen)}${rest}
</section>`;
}

function cards(candidates: ExplainedCandidate[]): string {
  const items = candidates.map(({ image, name, details }) =>
    `<li><img src="${escapeHtml(image)}" alt="">
<b>${escapeHtml(name)}</b>
${details.map((line) => `<span>${escapeHtml(line)}</span>`).join("\n")}</li>`
  );
  return `<ul class="cards">
${items.join("\n")}
</ul>`;
}
