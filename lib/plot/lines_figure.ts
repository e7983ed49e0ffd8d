/**
 * Lines: how one quantity goes with another.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { BLUE, GREEN, VERMILION } from "./_style.ts";

/** Points that a line goes through. */
export interface Line {
  /** In the legend, where there are several. */
  name: string;
  x: number[];
  y: number[];
}

/** What stands at the axes. */
export interface LinesOptions {
  x: string;
  y: string;
  /** True for axes of powers of ten: all points must be above 0. */
  log?: boolean;
}

const STYLES = [
  { color: BLUE, symbol: "circle" },
  { color: VERMILION, symbol: "diamond" },
  { color: GREEN, symbol: "square" },
];

/**
 * Draws each line with marks at its points.
 *
 * @throws {TypeError} If a line has not as many x as y.
 *
 * @example
 * ```ts
 * import { linesFigure } from "./lines_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lines = [{ name: "Error", x: [0.1, 0.01], y: [2, 0.5] }];
 * const { text } = linesFigure(lines, { x: "Step", y: "Error" });
 * assertEquals(text, "Error: 2 at 0.1, 0.5 at 0.01");
 * ```
 */
export function linesFigure(lines: Line[], options: LinesOptions): Figure {
  for (const { name, x, y } of lines) {
    if (x.length === y.length) continue;
    throw new TypeError(
      `Cannot draw the line ${name} as it must have as many x as y: current counts are ${x.length} and ${y.length}`,
    );
  }
  const scale = options.log
    ? { type: "log", exponentformat: "power", dtick: 2 }
    : {};
  return {
    data: lines.map(({ name, x, y }, i) => {
      const { color, symbol } = STYLES[i % STYLES.length]!;
      return {
        type: "scatter",
        mode: "lines+markers",
        name,
        x,
        y,
        line: { color },
        marker: { color, symbol, size: 7 },
        hovertemplate: "%{y:.3~g} at %{x:.3~g}",
      };
    }),
    layout: {
      height: 400,
      margin: { l: 80, r: 16, t: lines.length > 1 ? 32 : 16, b: 56 },
      dragmode: false,
      showlegend: lines.length > 1,
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      xaxis: {
        title: { text: options.x },
        showgrid: false,
        showline: true,
        zeroline: false,
        ...scale,
      },
      yaxis: {
        title: { text: options.y, standoff: 12 },
        zeroline: false,
        ...scale,
      },
    },
    text: lines.map(inWords).join("\n"),
  };
}

function inWords({ name, x, y }: Line): string {
  const points = x.map((at, i) => `${short(y[i]!)} at ${short(at)}`);
  return `${name}: ${points.join(", ")}`;
}

function short(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}
