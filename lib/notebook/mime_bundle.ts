/**
 * What a notebook is given to show: the same thing in several formats, of which
 * each viewer takes the one that it likes best.
 *
 * A figure is `application/vnd.plotly.v1+json` for VS Code and for JupyterLab
 * with Plotly, `text/html` for other notebooks and for exported pages,
 * `image/png` for GitHub and print, and words for all others. A picture is
 * `image/jpeg`, as photographs are several times as large in PNG.
 *
 * @module
 */

import { escapeHtml, type Figure } from "../plot/mod.ts";
import { figureHtml } from "./figure_html.ts";
import { figurePng } from "./figure_png.ts";
import { type Picture, pictureJpeg } from "./picture_jpeg.ts";
import { notebookLayout, stillSize } from "./_notebook_layout.ts";

/** Rows of words and numbers under their headings. */
export interface Table {
  columns: string[];
  /** Each with a cell for each column. */
  rows: (string | number)[][];
}

/** What can be shown; a string is shown as plain text. */
export type Showable = Figure | Picture | Table | string;

/** The formats by their names, and how large pictures are shown. */
export interface MimeBundle {
  data: Record<string, string | object>;
  metadata: Record<string, { width: number; height: number }>;
}

/** How a bundle is made. */
export interface BundleOptions {
  /** False to leave out a figure's still picture, as it takes a while. */
  still?: boolean;
}

/**
 * Makes the bundle.
 *
 * @example A table for viewers of text
 * ```ts
 * import { mimeBundle } from "./mime_bundle.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { data } = await mimeBundle({
 *   columns: ["Layer", "Parameters"],
 *   rows: [["conv2d", 320], ["dense", 16010]],
 * });
 * assertEquals(
 *   data["text/plain"],
 *   "Layer   Parameters\nconv2d         320\ndense        16010",
 * );
 * ```
 */
export async function mimeBundle(
  what: Showable,
  options: BundleOptions = {},
): Promise<MimeBundle> {
  if (typeof what === "string") {
    return { data: { "text/plain": what }, metadata: {} };
  }
  if ("columns" in what) return tableBundle(what);
  if ("layout" in what) return await figureBundle(what, options);
  return await pictureBundle(what);
}

async function figureBundle(
  figure: Figure,
  { still = true }: BundleOptions,
): Promise<MimeBundle> {
  const { data, text } = figure;
  const formats = {
    "application/vnd.plotly.v1+json": {
      data,
      layout: notebookLayout(figure),
      config: { responsive: true, displayModeBar: false },
    },
    "text/html": figureHtml(figure),
    "text/plain": text,
  };
  if (!still) return { data: formats, metadata: {} };
  const png = await figurePng(figure);
  return {
    data: { ...formats, "image/png": png.toBase64() },
    metadata: { "image/png": stillSize(figure) },
  };
}

async function pictureBundle(picture: Picture): Promise<MimeBundle> {
  const { width, height } = picture;
  return {
    data: {
      "image/jpeg": (await pictureJpeg(picture)).toBase64(),
      "text/plain": `A picture of ${width}×${height} pixels`,
    },
    metadata: {},
  };
}

function tableBundle({ columns, rows }: Table): MimeBundle {
  const cells = [columns, ...rows.map((row) => row.map(String))];
  const isNumber = columns.map((_, i) =>
    rows.every((row) => typeof row[i] === "number")
  );
  const widths = columns.map((_, i) =>
    Math.max(...cells.map((row) => row[i]!.length))
  );
  const line = (row: string[]) =>
    row.map((cell, i) =>
      isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)
    ).join("  ").trimEnd();
  const html = (row: string[], tag: "th" | "td") =>
    `<tr>${
      row.map((cell, i) =>
        `<${tag} style="text-align: ${isNumber[i] ? "right" : "left"}">${
          escapeHtml(cell)
        }</${tag}>`
      ).join("")
    }</tr>`;
  const [head, ...body] = cells;
  return {
    data: {
      "text/html": `<table>
<thead>${html(head!, "th")}</thead>
<tbody>
${body.map((row) => html(row, "td")).join("\n")}
</tbody>
</table>`,
      "text/plain": cells.map(line).join("\n"),
    },
    metadata: {},
  };
}
