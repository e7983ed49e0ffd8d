/**
 * A still picture of a figure, for where no script runs: GitHub, print, pages
 * that are not trusted.
 *
 * Plotly draws the figure as SVG in a page without a browser, and resvg, which
 * also measures the words for it, makes pixels of that. Both are part of the
 * program, and so is the font: the same figure gives the same bytes anywhere.
 *
 * @module
 */

import font from "@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf" with {
  type: "bytes",
};
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import resvg from "@resvg/resvg-wasm/index_bg.wasm" with { type: "bytes" };
import plotly from "plotly.js-cartesian-dist-min" with { type: "text" };
import type { Figure } from "../plot/mod.ts";
import { notebookLayout, stillSize } from "./_notebook_layout.ts";
import { openPage, type PageWindow } from "./_page.ts";

/** Pixels of the picture for one of the screen, so that print is sharp. */
const ZOOM = 1.5;

const FONT = {
  fontBuffers: [font],
  defaultFontFamily: "Open Sans",
  sansSerifFamily: "Open Sans",
  loadSystemFonts: false,
};

/** A page with Plotly in it, made when the first figure is drawn. */
let page: Promise<PageWindow> | undefined;

/**
 * Draws a figure.
 *
 * @returns A PNG file; it is to be shown at two thirds of its pixels.
 * @throws {Error} If Plotly cannot draw the figure.
 */
export async function figurePng(figure: Figure): Promise<Uint8Array> {
  const window = await (page ??= openPlotly());
  const element = window.document.createElement("div");
  window.document.body.append(element);
  try {
    const size = stillSize(figure);
    const layout = { ...notebookLayout(figure), ...size };
    await window.Plotly.newPlot(
      element,
      structuredClone(figure.data),
      structuredClone(layout),
      { staticPlot: true },
    );
    const url: string = await window.Plotly.toImage(element, {
      format: "svg",
      ...size,
    });
    return toPng(decodeURIComponent(url.slice(url.indexOf(",") + 1)));
  } finally {
    window.Plotly.purge(element);
    element.remove();
  }
}

async function openPlotly(): Promise<PageWindow> {
  await initWasm(resvg);
  const window = await openPage((svg) => {
    // An element alone: its own size, wherever it stands in its figure.
    const drawn = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg">${svg}</svg>`,
      {
        font: FONT,
      },
    );
    const box = drawn.getBBox();
    // The numbers of it are getters on memory that is freed next.
    const copy = box &&
      { x: box.x, y: box.y, width: box.width, height: box.height };
    drawn.free();
    return copy;
  });
  window.eval(plotly);
  return window;
}

function toPng(svg: string): Uint8Array {
  // resvg knows the older of two names for pixels with hard edges.
  const drawn = new Resvg(svg.replaceAll("pixelated", "optimizeSpeed"), {
    font: FONT,
    fitTo: { mode: "zoom", value: ZOOM },
  });
  const image = drawn.render();
  const png = image.asPng();
  image.free();
  drawn.free();
  return png;
}
