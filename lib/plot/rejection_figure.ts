/**
 * What is gained by rejecting digits: the error among those that are left.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { percent } from "../format/numbers.ts";
import { BLUE } from "./_style.ts";

/** What comes of one least confidence. */
export interface RejectionPoint {
  /** The least that is accepted, 0…1. */
  confidence: number;
  /** Share of all digits that is rejected, 0…1. */
  rejected: number;
  /** Share of the accepted digits that is wrong, 0…1. */
  error: number;
}

/** Shares rejected, 0…1, that the words tell of. */
const TOLD = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/**
 * Draws the error over the share rejected, twice as far as it takes to a fifth
 * of the error: the surest mistakes may be sure beyond half of the digits. The
 * words go on until none is left.
 *
 * @param points By the share rejected, from 0 up.
 *
 * @example The one doubtful digit of ten was the wrong one
 * ```ts
 * import { rejectionFigure } from "./rejection_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { text } = rejectionFigure([
 *   { confidence: 0.6, rejected: 0, error: 0.1 },
 *   { confidence: 0.9, rejected: 0.1, error: 0 },
 * ]);
 * assertEquals(
 *   text,
 *   "0.00 % rejected: 10.00 % of the others wrong\n" +
 *     "10.00 % rejected, below 90.00 % confidence: 0.00 % of the others wrong",
 * );
 * ```
 */
export function rejectionFigure(points: RejectionPoint[]): Figure {
  const end = endOfAxis(points);
  const drawn = points.filter(({ rejected }) => rejected <= end);
  return {
    data: [{
      type: "scatter",
      mode: "lines",
      line: { color: BLUE, shape: "hv" },
      x: drawn.map(({ rejected }) => 100 * rejected),
      y: drawn.map(({ error }) => 100 * error),
      customdata: drawn.map(({ confidence }) => 100 * confidence),
      hovertemplate: "%{x:.2f} % rejected, below %{customdata:.2f} %: " +
        "%{y:.3f} % of the others wrong<extra></extra>",
    }],
    layout: {
      height: 400,
      margin: { l: 72, r: 32, t: 16, b: 48 },
      dragmode: false,
      showlegend: false,
      xaxis: {
        title: { text: "Rejected" },
        range: [0, 100 * end],
        ticksuffix: " %",
        showgrid: false,
        showline: true,
        zeroline: false,
      },
      yaxis: {
        title: { text: "Error of the others", standoff: 12 },
        rangemode: "tozero",
        ticksuffix: " %",
        zeroline: false,
      },
    },
    text: told(untilNoneIsWrong(points)).map(inWords).join("\n"),
  };
}

/** Share rejected, 0…1, that the axis ends at. */
function endOfAxis(points: RejectionPoint[]): number {
  const whole = points[0]?.error ?? 0;
  const fifth = points.find(({ error }) => error <= whole / 5);
  return Math.min(1, Math.max(0.01, 2 * (fifth?.rejected ?? 1)));
}

/** Up to the first point that no mistake comes after, that one included. */
function untilNoneIsWrong(points: RejectionPoint[]): RejectionPoint[] {
  const last = points.findLastIndex(({ error }) => error > 0);
  return points.slice(0, last + 2);
}

/** The last point of each share in `TOLD`, and the last of all. */
function told(points: RejectionPoint[]): RejectionPoint[] {
  const chosen = TOLD.map((share) =>
    points.findLast(({ rejected }) => rejected <= share)
  );
  return [...new Set([...chosen, points.at(-1)])]
    .filter((point) => point !== undefined);
}

function inWords({ confidence, rejected, error }: RejectionPoint): string {
  const below = rejected === 0
    ? ""
    : `, below ${percent(confidence)} confidence`;
  return `${percent(rejected)} rejected${below}: ` +
    `${percent(error)} of the others wrong`;
}
