/** How figures look in a notebook. @module */

import type { Figure } from "../plot/mod.ts";

/** Pixels of a figure that fills the width it is given, where none is given. */
const WIDTH = 700;

/**
 * A figure's layout in the colors and the font of notebooks: dark on white,
 * also where the notebook around it is dark, as a still picture has to be.
 */
export function notebookLayout({ layout }: Figure): Figure["layout"] {
  const axis = { gridcolor: "#dde1e5", linecolor: "#59616a" };
  return {
    ...layout,
    template: {
      layout: {
        font: { family: "Open Sans, sans-serif", size: 13, color: "#1d2125" },
        paper_bgcolor: "#ffffff",
        plot_bgcolor: "#ffffff",
        xaxis: axis,
        yaxis: axis,
      },
    },
  };
}

/** Pixels of a still picture of it. */
export function stillSize(
  { layout }: Figure,
): { width: number; height: number } {
  const { width = WIDTH, height } = layout as {
    width?: number;
    height: number;
  };
  return { width: Math.round(width), height: Math.round(height) };
}
