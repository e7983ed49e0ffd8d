/**
 * Bars: one figure for each of several things, or a few of them side by side.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { BLUE, GREEN, VERMILION } from "./_style.ts";

/** Bars of one color. */
export interface BarSeries {
  /** In the legend, where there are several. */
  name: string;
  /** One for each label. */
  values: number[];
}

/** What stands at the axes. */
export interface BarsOptions {
  /** What the labels are; left out where they say it themselves. */
  labels?: string;
  /** What the values are. */
  values: string;
  /**
   * True for bars that lie, with room for long labels, from the top down, and
   * with the value at each bar's end.
   */
  lying?: boolean;
  /** True for an axis of powers of ten: all values must be above 0. */
  log?: boolean;
  /** Writes a value; as it is where left out. */
  format?: (value: number) => string;
}

const COLORS = [BLUE, VERMILION, GREEN];
/** Pixels of a lying bar with its gap, and of the axis below. */
const BAR = 44;
const AXIS = 72;

/**
 * Draws a bar for each label, of each series.
 *
 * @throws {TypeError} If a series has another number of values than labels.
 *
 * @example
 * ```ts
 * import { barsFigure } from "./bars_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { text } = barsFigure(["0", "1"], [{ name: "Training", values: [9, 12] }], {
 *   values: "Digits",
 * });
 * assertEquals(text, "0: 9\n1: 12");
 * ```
 */
export function barsFigure(
  labels: string[],
  series: BarSeries[],
  options: BarsOptions,
): Figure {
  for (const { name, values } of series) {
    if (values.length === labels.length) continue;
    throw new TypeError(
      `Cannot draw bars as ${name} must have one value for each of ${labels.length} labels: current count is ${values.length}`,
    );
  }
  const { lying = false, log = false, format = String } = options;
  const labelAxis = {
    ...(options.labels && { title: { text: options.labels } }),
    type: "category",
    showgrid: false,
    ...(lying ? { autorange: "reversed", ticklabelstandoff: 6 } : {}),
  };
  const valueAxis = {
    title: { text: options.values, standoff: 12 },
    zeroline: false,
    ...(log
      ? { type: "log", dtick: 1, range: powersAround(series) }
      : lying
      ? { range: [0, 1.2 * most(series)] }
      : { rangemode: "tozero" }),
  };
  return {
    data: series.map(({ name, values }, i) => ({
      type: "bar",
      name,
      orientation: lying ? "h" : "v",
      x: lying ? values : labels,
      y: lying ? labels : values,
      marker: { color: COLORS[i % COLORS.length]! },
      ...(lying && {
        text: values.map(format),
        textposition: "outside",
        cliponaxis: false,
      }),
      hovertemplate: lying
        ? "%{y}: %{text}<extra></extra>"
        : `%{x}: %{y}<extra>${series.length > 1 ? name : ""}</extra>`,
    })),
    layout: {
      height: lying ? BAR * labels.length * series.length + AXIS : 380,
      margin: lying
        ? { l: longest(labels), r: 24, t: 8, b: 56 }
        : { l: 72, r: 16, t: series.length > 1 ? 32 : 8, b: 48 },
      dragmode: false,
      showlegend: series.length > 1,
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      xaxis: lying ? valueAxis : labelAxis,
      yaxis: lying ? labelAxis : valueAxis,
    },
    text: labels.map((label, i) =>
      `${label}: ${series.map(({ values }) => format(values[i]!)).join(", ")}`
    ).join("\n"),
  };
}

function most(series: BarSeries[]): number {
  return Math.max(...series.flatMap(({ values }) => values));
}

/** Exponents with room for the least bar, and for the words of the greatest. */
function powersAround(series: BarSeries[]): [number, number] {
  const powers = series.flatMap(({ values }) => values).map(Math.log10);
  const [least, greatest] = [Math.min(...powers), Math.max(...powers)];
  return [least - 0.3, greatest + Math.max(0.3, (greatest - least) / 6)];
}

/** Pixels that the labels take, about. */
function longest(labels: string[]): number {
  return 24 + 7 * Math.max(...labels.map((label) => label.length));
}
