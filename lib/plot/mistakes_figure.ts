/**
 * A gallery of the digits that were taken for another.
 *
 * All digits stand on one sheet, a single heat map with gaps between them, so
 * that Plotly draws two traces and not one for each digit.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { percent, thousands } from "../format/numbers.ts";

/** A digit that was taken for another. */
export interface Mistake {
  /** 28×28, row-major; 0 is paper, 255 is ink. */
  image: Uint8Array;
  /** The digit that it is. */
  label: number;
  /** The digit that it was taken for. */
  predicted: number;
  /** How sure of that the model was, from 0 to 1. */
  confidence: number;
}

const MOST_SHOWN = 48;
const COLUMNS = 4;
const SIDE = 28;
/** From one digit to the next, in pixels of a digit; words stand between. */
const PITCH_X = 34;
const PITCH_Y = 42;
/** Height of the title, in pixels of a digit. */
const TITLE = 12;
/** How large a pixel of a digit is drawn, in pixels of the screen. */
const SCALE = 3.5;

/**
 * Draws the mistakes that the model was surest of, dark ink on light paper.
 *
 * @param mistakes In any order; the 48 with the highest confidence are shown.
 * @throws {TypeError} If an image is not 784 bytes long.
 *
 * @example A 5 that looks like a 3
 * ```ts
 * import { mistakesFigure } from "./mistakes_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const image = new Uint8Array(784);
 * const mistake = { image, label: 5, predicted: 3, confidence: 0.97 };
 * assertEquals(
 *   mistakesFigure([mistake]).text,
 *   "1 mistake, the surest first\n5 taken for 3 (97 %)",
 * );
 * ```
 */
export function mistakesFigure(mistakes: Mistake[]): Figure {
  for (const { image } of mistakes) checkLength(image);
  const shown = mistakes
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_SHOWN);
  const rows = Math.ceil(shown.length / COLUMNS);
  const title = titleOf(mistakes.length, shown.length);

  const width = COLUMNS * PITCH_X;
  const height = TITLE + rows * PITCH_Y;
  const hidden = { visible: false };
  return {
    data: [
      {
        type: "heatmap",
        z: compose(shown, width, height),
        zmin: 0,
        zmax: 255,
        colorscale: [[0, "#fbf9f4"], [1, "#101010"]],
        showscale: false,
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "text",
        x: shown.map((_, i) => place(i).x + SIDE / 2 - 0.5),
        y: shown.map((_, i) => place(i).y + (SIDE + PITCH_Y) / 2 - 1),
        text: shown.map((mistake) =>
          `${taken(mistake)}<br>${percent(mistake.confidence, 0)}`
        ),
        textfont: { size: 11 },
        hoverinfo: "skip",
      },
    ],
    layout: {
      width: width * SCALE,
      height: height * SCALE,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      dragmode: false,
      xaxis: { ...hidden, range: [-0.5, width - 0.5] },
      yaxis: { ...hidden, range: [height - 0.5, -0.5] },
      annotations: [{
        text: title,
        x: (width - 1) / 2,
        y: (TITLE - 1) / 2,
        showarrow: false,
        font: { size: 14 },
      }],
    },
    text: [
      title,
      ...shown.map((mistake) =>
        `${taken(mistake)} (${percent(mistake.confidence, 0)})`
      ),
    ].join("\n"),
  };
}

function checkLength(image: Uint8Array) {
  if (image.length === SIDE * SIDE) return;
  throw new TypeError(
    `Cannot draw a digit as its image must be 784 bytes: current length is ${image.length}`,
  );
}

function titleOf(count: number, shown: number): string {
  if (count === 0) return "No mistakes";
  if (count === 1) return "1 mistake, the surest first";
  if (count === shown) return `${count} mistakes, the surest first`;
  return `The ${shown} surest of ${thousands(count)} mistakes`;
}

function taken({ label, predicted }: Mistake): string {
  return `${label} taken for ${predicted}`;
}

/** Upper left pixel of the digit at `index`. */
function place(index: number): { x: number; y: number } {
  const column = index % COLUMNS;
  const row = Math.floor(index / COLUMNS);
  return {
    x: column * PITCH_X + (PITCH_X - SIDE) / 2,
    y: TITLE + row * PITCH_Y,
  };
}

/** All digits on one sheet; null where there is none. */
function compose(shown: Mistake[], width: number, height: number) {
  const sheet = Array.from(
    { length: height },
    () => new Array<number | null>(width).fill(null),
  );
  shown.forEach(({ image }, index) => {
    const { x, y } = place(index);
    image.forEach((ink, pixel) => {
      sheet[y + Math.floor(pixel / SIDE)]![x + pixel % SIDE] = ink;
    });
  });
  return sheet;
}
