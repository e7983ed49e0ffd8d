/**
 * The line of a picture in the results.
 *
 * A line begins with the picture's index and name, so that a run that goes on
 * knows it again, and that sorting by the first number merges shards.
 *
 * @module
 */

import type { Reading } from "../read/mod.ts";
import type { Picture } from "./picture.ts";

/** One JSON object a line, or comma-separated values as of RFC 4180. */
export type LineFormat = "json" | "csv";

/** What became of a picture. */
export type Outcome = Reading | { error: string };

/** The line before all pictures: the names of the columns. */
const HEADERS: Record<LineFormat, string> = {
  json: "",
  csv: "index,image,text,confidence,turned,error",
};

/** The line before all pictures, with its end; "" where there is none. */
export function headerLine(format: LineFormat): string {
  return HEADERS[format] && `${HEADERS[format]}\n`;
}

/** How the picture's line begins, whatever became of it. */
export function lineStart(
  format: LineFormat,
  { index, image }: Picture,
): string {
  return format === "json"
    ? `{"index":${index},"image":${JSON.stringify(image)},`
    : `${index},${csvCell(image)},`;
}

/**
 * The picture's line, without its end.
 *
 * In CSV, rows are apart by `|` as in `labels.tsv`, so that a picture always
 * has one line; a line end within a name or an error becomes a space.
 *
 * @example Two rows
 * ```ts
 * import { resultLine } from "./result_line.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const picture = { index: 3, image: "a.png", path: "/a.png" };
 * const reading = { text: "12\n3", confidence: 0.9, turned: 0, lines: [] } as const;
 * assertEquals(
 *   resultLine("csv", picture, { ...reading, lines: [] }),
 *   "3,a.png,12|3,0.9,0,",
 * );
 * assertEquals(
 *   resultLine("json", picture, { error: "Cannot read it" }),
 *   '{"index":3,"image":"a.png","error":"Cannot read it"}',
 * );
 * ```
 */
export function resultLine(
  format: LineFormat,
  picture: Picture,
  outcome: Outcome,
): string {
  const start = lineStart(format, picture);
  if (format === "json") return start + JSON.stringify(outcome).slice(1);
  if ("error" in outcome) return `${start},,,${csvCell(outcome.error)}`;
  const { text, confidence, turned } = outcome;
  return `${start}${text.replaceAll("\n", "|")},${confidence},${turned},`;
}

/** Whether a line of `resultLine()` tells an error. */
export function isErrorLine(
  format: LineFormat,
  picture: Picture,
  line: string,
): boolean {
  return format === "json"
    ? line.startsWith(`${lineStart(format, picture)}"error":`)
    : !line.endsWith(",");
}

function csvCell(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, " ");
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
