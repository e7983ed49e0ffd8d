/** What the pages of this room have in common. @module */

import style from "./_page.css" with { type: "text" };
import { escapeHtml } from "./escape_html.ts";

/** A page without its skeleton. */
export interface HtmlPage {
  title: string;
  /** Facts in a table. */
  summary: [name: string, value: string][];
  /** Content security policy. */
  policy: string;
  /** CSS besides that of all pages. */
  style: string;
  /** HTML behind the table. */
  main: string;
  /** HTML behind all that is seen. */
  scripts: string;
}

/** @param page Plain text, where it does not say HTML or CSS. */
export function htmlPage(page: HtmlPage): string {
  const title = escapeHtml(page.title);
  const rows = page.summary.map(([name, value]) =>
    `<tr><th scope="row">${escapeHtml(name)}</th><td>${
      escapeHtml(value)
    }</td></tr>`
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${page.policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${style}${page.style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<table>
${rows.join("\n")}
</table>
${page.main}
</main>
${page.scripts}</body>
</html>
`;
}
