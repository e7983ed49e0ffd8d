/** Bringing Plotly into a notebook. @module */

import { send } from "./_send.ts";
import { plotlyHtml } from "./figure_html.ts";

/**
 * Puts Plotly into the output of this cell, for the figures of all cells: pages
 * that cannot draw figures by themselves then need no network. Once a notebook
 * is enough, as it takes 0.7 MB.
 *
 * @throws {Error} If this is no notebook.
 */
export async function embedPlotly(): Promise<void> {
  const data = {
    "text/html": await plotlyHtml(),
    "text/plain": "Plotly, for the figures of this notebook",
  };
  await send("display_data", { data, metadata: {} });
}
