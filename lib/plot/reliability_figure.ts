/**
 * The reliability diagram: how often digits are right, by how sure of them the
 * model is.
 *
 * Confidence stands beside the share that is right, so a bar that ends at its
 * mark is what is wanted. How many digits a bar is made of stands below on a
 * scale of logarithms, as nearly all of them are in the last.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { percent, thousands } from "../format/numbers.ts";
import { BLUE, VERMILION } from "./_style.ts";

/** The digits whose confidence lies in one part of 0…1. */
export interface ReliabilityBar {
  /** The confidence is above this, 0…1. */
  from: number;
  /** The confidence is at most this, 0…1. */
  to: number;
  /** Digits in it. */
  count: number;
  /** Their mean confidence, 0…1. */
  confidence: number;
  /** Share of them that is right, 0…1. */
  accuracy: number;
}

/**
 * Draws accuracy and mean confidence of each bar above its number of digits.
 *
 * @param bars From 0 to 1; those without a digit are left out.
 *
 * @example Four digits, each sure by 80 %
 * ```ts
 * import { reliabilityFigure } from "./reliability_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { text } = reliabilityFigure([
 *   { from: 0, to: 0.5, count: 0, confidence: 0, accuracy: 0 },
 *   { from: 0.5, to: 1, count: 4, confidence: 0.8, accuracy: 0.75 },
 * ]);
 * assertEquals(
 *   text,
 *   "Confidence 50.0 % to 100.0 %: 4 digits, 80.00 % sure, 75.00 % right",
 * );
 * ```
 */
export function reliabilityFigure(bars: ReliabilityBar[]): Figure {
  const shown = bars.filter(({ count }) => count > 0);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const x = shown.map(({ from, to }) => 50 * (from + to));
  const columns = {
    type: "bar",
    x,
    width: shown.map(({ from, to }) => 96 * (to - from)),
    marker: { color: BLUE },
    // Pale, so that the marks stand out on them.
    opacity: 0.6,
  };
  return {
    data: [
      {
        ...columns,
        name: "Right",
        y: shown.map(({ accuracy }) => 100 * accuracy),
        hovertemplate: "%{y:.2f} % right<extra></extra>",
      },
      {
        type: "scatter",
        mode: "markers",
        name: "Mean confidence",
        x,
        y: shown.map(({ confidence }) => 100 * confidence),
        marker: { color: VERMILION, symbol: "diamond", size: 9 },
        hovertemplate: "%{y:.2f} % sure<extra></extra>",
      },
      {
        ...columns,
        showlegend: false,
        yaxis: "y2",
        y: shown.map(({ count }) => count),
        hovertemplate: "%{y:,} digits<extra></extra>",
      },
    ],
    layout: {
      height: 560,
      margin: { l: 72, r: 32, t: 32, b: 48 },
      dragmode: false,
      hovermode: "x unified",
      hoversubplots: "axis",
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      xaxis: {
        title: { text: "Confidence" },
        anchor: "y2",
        range: [0, 100],
        ticksuffix: " %",
        showgrid: false,
        showline: true,
        zeroline: false,
      },
      yaxis: {
        title: { text: "Accuracy" },
        domain: [0.36, 1],
        range: [0, 103],
        ticksuffix: " %",
        zeroline: false,
      },
      yaxis2: {
        title: { text: "Digits" },
        domain: [0, 0.28],
        type: "log",
        // Half a digit to twice the most, so that one digit shows as a bar.
        range: [Math.log10(0.5), Math.log10(2 * most)],
        dtick: 1,
        tickformat: ",d",
        zeroline: false,
      },
    },
    text: shown.map(inWords).join("\n"),
  };
}

function inWords(bar: ReliabilityBar): string {
  const { from, to, count, confidence, accuracy } = bar;
  return `Confidence ${percent(from, 1)} to ${percent(to, 1)}: ` +
    `${thousands(count)} digit${count === 1 ? "" : "s"}, ` +
    `${percent(confidence)} sure, ${percent(accuracy)} right`;
}
