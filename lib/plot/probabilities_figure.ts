/**
 * Digits as the network sees them, each above what the network says of it.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { percent } from "../format/numbers.ts";
import { BLUE, VERMILION } from "./_style.ts";

/** A digit and what the network makes of it. */
export interface JudgedDigit {
  /** 28×28, row-major; 0 is paper, 255 is ink. */
  image: ArrayLike<number>;
  /** Of the digits 0 to 9, and after them of no digit where it knows that. */
  probabilities: ArrayLike<number>;
}

const SIDE = 28;
/** Digits that fit side by side. */
const MOST = 8;
/** Pixels of the screen for a digit with its bars. */
const COLUMN = 148;
/** Parts of the height for the picture and for the bars. */
const PICTURE = [0.69, 1];
const BARS = [0, 0.64];
/** Part of a column that stays free. */
const GAP = 0.14;

/**
 * Draws up to eight digits side by side; of more, the first eight.
 *
 * @throws {TypeError} If an image is not 28×28, or if there are not 10 or 11
 *   probabilities.
 *
 * @example A sure 3
 * ```ts
 * import { probabilitiesFigure } from "./probabilities_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const image = new Uint8Array(784);
 * const probabilities = [0, 0, 0, 0.97, 0, 0.02, 0, 0, 0.01, 0];
 * const { text } = probabilitiesFigure([{ image, probabilities }]);
 * assertEquals(text, "3 (97.0 %), then 5 (2.0 %)");
 * ```
 */
export function probabilitiesFigure(digits: JudgedDigit[]): Figure {
  for (const digit of digits) checkSizes(digit);
  const shown = digits.slice(0, MOST);
  const columns = Math.max(2, shown.length);
  const data: Figure["data"] = [];
  const layout: Figure["layout"] = {
    width: columns * COLUMN + 32,
    height: 430,
    margin: { l: 24, r: 8, t: 8, b: 36 },
    dragmode: false,
    showlegend: false,
    bargap: 0.25,
  };
  shown.forEach((digit, i) => {
    const [pictures, bars] = [2 * i + 1, 2 * i + 2];
    const left = i / columns;
    const domain = [left + GAP / 2 / columns, left + (1 - GAP / 2) / columns];
    data.push(picture(digit, axis(pictures)), barsOf(digit, axis(bars)));
    const hidden = { visible: false, fixedrange: true };
    layout[`xaxis${number(pictures)}`] = {
      ...hidden,
      domain,
      anchor: `y${number(pictures)}`,
      range: [-0.5, SIDE - 0.5],
      constrain: "domain",
    };
    layout[`yaxis${number(pictures)}`] = {
      ...hidden,
      domain: PICTURE,
      anchor: `x${number(pictures)}`,
      range: [SIDE - 0.5, -0.5],
      scaleanchor: `x${number(pictures)}`,
      constrain: "domain",
    };
    layout[`xaxis${number(bars)}`] = {
      domain,
      anchor: `y${number(bars)}`,
      range: [0, 1.04],
      tickvals: [0, 0.5, 1],
      ticktext: ["", "50 %", "100 %"],
      zeroline: false,
    };
    layout[`yaxis${number(bars)}`] = {
      domain: BARS,
      anchor: `x${number(bars)}`,
      type: "category",
      autorange: "reversed",
      dtick: 1,
      showgrid: false,
      ticklabelstandoff: 4,
    };
  });
  return { data, layout, text: digits.map(inWords).join("\n") };
}

function checkSizes({ image, probabilities }: JudgedDigit) {
  if (image.length !== SIDE * SIDE) {
    throw new TypeError(
      `Cannot draw a digit as its image must have 784 pixels: current length is ${image.length}`,
    );
  }
  if (probabilities.length !== 10 && probabilities.length !== 11) {
    throw new TypeError(
      `Cannot draw probabilities as there must be 10 or 11 of them: current count is ${probabilities.length}`,
    );
  }
}

/** Plotly writes no number for the first axis. */
function number(index: number): string {
  return index === 1 ? "" : `${index}`;
}

function axis(index: number) {
  return { xaxis: `x${number(index)}`, yaxis: `y${number(index)}` };
}

function picture(
  { image }: JudgedDigit,
  axes: ReturnType<typeof axis>,
): Figure["data"][number] {
  return {
    ...axes,
    type: "heatmap",
    z: Array.from(
      { length: SIDE },
      (_, row) =>
        Array.from({ length: SIDE }, (_, x) => image[row * SIDE + x]!),
    ),
    zmin: 0,
    zmax: 255,
    colorscale: [[0, "#fbf9f4"], [1, "#101010"]],
    showscale: false,
    hoverinfo: "skip",
  };
}

function barsOf(
  { probabilities }: JudgedDigit,
  axes: ReturnType<typeof axis>,
): Figure["data"][number] {
  const values = Array.from(probabilities);
  const best = values.indexOf(Math.max(...values));
  return {
    ...axes,
    type: "bar",
    orientation: "h",
    x: values.map((value) => Number(value.toFixed(4))),
    y: values.map((_, label) => nameOf(label)),
    marker: {
      color: values.map((_, label) => label === best ? VERMILION : BLUE),
    },
    hovertemplate: "%{y}: %{x:.2%}<extra></extra>",
  };
}

function nameOf(label: number): string {
  return label < 10 ? `${label}` : "–";
}

/** The best, and the next one where it is worth a word. */
function inWords({ probabilities }: JudgedDigit): string {
  const ranked = Array.from(probabilities, (value, label) => ({ value, label }))
    .sort((a, b) => b.value - a.value);
  const [best, next] = ranked.map(({ value, label }) =>
    `${label < 10 ? label : "no digit"} (${percent(value, 1)})`
  );
  return ranked[1]!.value < 0.001 ? best! : `${best}, then ${next}`;
}
