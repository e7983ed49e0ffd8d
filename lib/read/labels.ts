/**
 * Reads `labels.tsv`: what stands on each picture of a folder.
 *
 * Layout: UTF-8, a row a picture, cells apart by tabs; the first row names the
 * columns, in any order. Three of them count:
 *
 * - `file`: name of the picture;
 * - `lines`: its digits in reading order, rows from top to bottom with `|`
 *   between them, and a space where two numbers on one row stand apart; empty
 *   where the picture holds no digit;
 * - `tags`: what makes it hard, with commas between; may be empty.
 *
 * @module
 */

/** What stands on a picture. */
export interface PictureLabel {
  /** Name of the picture, within the folder of its labels. */
  file: string;
  /** Digits and spaces, from top to bottom; none where there is no digit. */
  rows: string[];
  tags: string[];
}

const COLUMNS = ["file", "lines", "tags"];

/**
 * Parses the text of a `labels.tsv`.
 *
 * @throws {SyntaxError} If a column is missing, or a row has too few or too
 *   many cells, names no file, or says something else than digits.
 *
 * @example A picture of two rows
 * ```ts
 * import { parseLabels } from "./labels.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseLabels("file\tlines\ttags\na.jpg\t12 34|56\tthin,tilt\n"), [
 *   { file: "a.jpg", rows: ["12 34", "56"], tags: ["thin", "tilt"] },
 * ]);
 * ```
 */
export function parseLabels(text: string): PictureLabel[] {
  // Some editors begin a file with a byte order mark.
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop(); // What follows the last line feed.
  const header = (lines[0] ?? "").split("\t");
  for (const column of COLUMNS) {
    if (!header.includes(column)) {
      throw new SyntaxError(
        `Cannot parse the labels as line 1 must name the columns file, lines and tags: current columns are [${header}]`,
      );
    }
  }
  return lines.slice(1).map((line, index) => parseRow(line, header, index + 2));
}

function parseRow(line: string, header: string[], number: number) {
  const cells = line.split("\t");
  if (cells.length !== header.length) {
    throw new SyntaxError(
      `Cannot parse the labels as line ${number} must have ${header.length} cells: current count is ${cells.length}`,
    );
  }
  const cell = (column: string) => cells[header.indexOf(column)]!;
  const digits = cell("lines");
  if (cell("file") === "") {
    throw new SyntaxError(
      `Cannot parse the labels as line ${number} must name a file: current cell is empty`,
    );
  }
  if (!/^[0-9 |]*$/.test(digits)) {
    throw new SyntaxError(
      `Cannot parse the labels as the lines in line ${number} must be digits, spaces and |: current lines are "${digits}"`,
    );
  }
  return {
    file: cell("file"),
    rows: split(digits, "|"),
    tags: split(cell("tags"), ","),
  };
}

/** The parts of a cell; an empty cell has none. */
function split(cell: string, separator: string): string[] {
  return cell === "" ? [] : cell.split(separator);
}
