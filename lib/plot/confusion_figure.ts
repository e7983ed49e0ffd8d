/**
 * The confusion matrix: which digit was taken for which.
 *
 * Nearly all counts stand on the diagonal and would drown the few others, so
 * the diagonal has one pale color, and the color scale is the mistakes' own.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { thousands } from "../format/numbers.ts";

const DIGITS = 10;
const RIGHT = "#cfe2ef";
const FEW = "#fde3cd";
const MANY = "#a33b00";

/**
 * Draws a confusion matrix with its counts; a cell that holds none is left out.
 *
 * @param matrix 10×10 counts: rows are labels, columns are predictions.
 * @throws {TypeError} If the matrix is not 10×10.
 *
 * @example Ten of each digit, and one 4 taken for a 9
 * ```ts
 * import { confusionFigure } from "./confusion_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const matrix = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
 * for (let digit = 0; digit < 10; digit++) matrix[digit]![digit] = 10;
 * matrix[4]![4] = 9;
 * matrix[4]![9] = 1;
 * assertEquals(confusionFigure(matrix).text, "99 of 100 right\n4 taken for 9: 1");
 * ```
 */
export function confusionFigure(matrix: number[][]): Figure {
  checkShape(matrix);
  const cells = matrix.flatMap((row, label) =>
    row.map((count, predicted) => ({ label, predicted, count }))
  );
  const mistakes = cells
    .filter((cell) => cell.label !== cell.predicted && cell.count > 0)
    .sort((a, b) => b.count - a.count);
  // Single mistakes stay pale where there is nothing worse.
  const zmax = Math.max(5, mistakes[0]?.count ?? 0);

  return {
    data: [
      {
        ...heatmap(matrix, (label, predicted) => label === predicted),
        colorscale: [[0, RIGHT], [1, RIGHT]],
        hovertemplate: "%{y} read right: %{z}<extra></extra>",
      },
      {
        ...heatmap(matrix, (label, predicted) => label !== predicted),
        colorscale: [[0, FEW], [1, MANY]],
        zmin: 0,
        zmax,
        hovertemplate: "%{y} taken for %{x}: %{z}<extra></extra>",
      },
    ],
    layout: {
      width: 640,
      height: 640,
      margin: { l: 48, r: 8, t: 56, b: 8 },
      dragmode: false,
      xaxis: { ...axis("Prediction"), side: "top" },
      yaxis: { ...axis("Label"), autorange: "reversed" },
    },
    text: inWords(cells, mistakes),
  };
}

interface Cell {
  label: number;
  predicted: number;
  count: number;
}

function checkShape(matrix: number[][]) {
  const widths = matrix.map((row) => row.length);
  if (matrix.length === DIGITS && widths.every((width) => width === DIGITS)) {
    return;
  }
  throw new TypeError(
    `Cannot draw a confusion matrix as it must be 10 rows of 10 counts: current rows have [${widths}] counts`,
  );
}

/** The cells that `shown` picks; null draws nothing. */
function heatmap(
  matrix: number[][],
  shown: (label: number, predicted: number) => boolean,
) {
  return {
    type: "heatmap",
    z: matrix.map((row, label) =>
      row.map((count, predicted) =>
        count > 0 && shown(label, predicted) ? count : null
      )
    ),
    texttemplate: "%{z}",
    textfont: { size: 11 },
    hoverongaps: false,
    showscale: false,
    xgap: 2,
    ygap: 2,
  };
}

function axis(title: string) {
  return {
    title: { text: title },
    dtick: 1,
    showgrid: false,
    zeroline: false,
    ticks: "",
    ticklabelstandoff: 6,
  };
}

function inWords(cells: Cell[], mistakes: Cell[]): string {
  const sum = (total: number, cell: Cell) => total + cell.count;
  const total = cells.reduce(sum, 0);
  const right = total - mistakes.reduce(sum, 0);
  return [
    `${thousands(right)} of ${thousands(total)} right`,
    ...mistakes.map(({ label, predicted, count }) =>
      `${label} taken for ${predicted}: ${thousands(count)}`
    ),
  ].join("\n");
}
