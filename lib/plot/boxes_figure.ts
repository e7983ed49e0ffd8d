/**
 * Boxes on a picture: what was found where.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { GREEN } from "./_style.ts";

/** A picture that Plotly can draw. */
export interface Background {
  /** The URL of the picture, such as `data:image/png;base64,…`. */
  url: string;
  /** In pixels of the picture. */
  width: number;
  /** In pixels of the picture. */
  height: number;
}

/** A box and what to say of it. */
export interface NamedBox {
  /** In pixels of the picture. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Shown under the mouse; lines with `<br>` between. */
  name: string;
}

/** Pixels of the screen. */
const WIDTH = 700;
const MOST_HEIGHT = 560;

/**
 * Draws boxes around parts of a picture; what each is appears at its middle
 * under the mouse.
 *
 * @param what What a box is, for the words: `candidate`.
 *
 * @example
 * ```ts
 * import { boxesFigure } from "./boxes_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const picture = { url: "data:,", width: 80, height: 40 };
 * const box = { x: 10, y: 10, width: 9, height: 20, name: "7: 99.0 %" };
 * assertEquals(
 *   boxesFigure(picture, [box], "candidate").text,
 *   "1 candidate on a picture of 80×40 pixels\n7: 99.0 %",
 * );
 * ```
 */
export function boxesFigure(
  { url, width, height }: Background,
  boxes: NamedBox[],
  what: string,
): Figure {
  const scale = Math.min(WIDTH / width, MOST_HEIGHT / height);
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [{
      type: "scatter",
      mode: "markers",
      x: boxes.map((box) => box.x + box.width / 2),
      y: boxes.map((box) => box.y + box.height / 2),
      text: boxes.map(({ name }) => name),
      marker: { color: GREEN, size: 7, line: { color: "#ffffff", width: 1 } },
      hovertemplate: "%{text}<extra></extra>",
    }],
    layout: {
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      margin: { l: 0, r: 0, t: 0, b: 0 },
      dragmode: false,
      xaxis: { ...hidden, range: [0, width] },
      yaxis: { ...hidden, range: [height, 0] },
      images: [{
        source: url,
        xref: "x",
        yref: "y",
        x: 0,
        y: 0,
        sizex: width,
        sizey: height,
        sizing: "stretch",
        layer: "below",
      }],
      shapes: boxes.map((box) => ({
        type: "rect",
        x0: box.x,
        y0: box.y,
        x1: box.x + box.width,
        y1: box.y + box.height,
        line: { color: GREEN, width: 1.5 },
      })),
    },
    text: [
      `${boxes.length} ${what}${
        boxes.length === 1 ? "" : "s"
      } on a picture of ${width}×${height} pixels`,
      ...boxes.map(({ name }) => name.replaceAll("<br>", ", ")),
    ].join("\n"),
  };
}
