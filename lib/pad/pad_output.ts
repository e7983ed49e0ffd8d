/**
 * The pad in a cell's output.
 *
 * @module
 */

import { encodePng } from "../image/mod.ts";
import { drawOverlay } from "../read/mod.ts";
import { EXAMPLE_NUMBER, exampleDrawing } from "./example_drawing.ts";
import type { PadReader } from "./start_pad.ts";

/** Data by its kind, as `Deno.jupyter.display()` takes it. */
export type Bundle = Record<string, string>;

/** What a cell shows. */
export interface PadOutput {
  /** The pad, or the picture where its server is gone. */
  live: Bundle;
  /** The picture alone, for where nobody looks. */
  still: Bundle;
  /** What the picture is, in a line. */
  caption: string;
}

/**
 * Makes the outputs; the picture shows what `read` makes of an example.
 *
 * @param url Of the pad, which only `live` names.
 */
export async function padOutput(
  url: string,
  read: PadReader,
): Promise<PadOutput> {
  const drawing = exampleDrawing();
  const reading = await read(drawing);
  const png = await encodePng(drawOverlay(drawing, reading.lines));
  const words = `Drawn: ${EXAMPLE_NUMBER}. Read: ${reading.text}.`;
  const caption =
    `${words} This is a still picture: the pad needs the running kernel and a browser on the same computer.`;
  const picture = png.toBase64();
  const still = { "image/png": picture, "text/plain": words };
  const id = `pad-${crypto.randomUUID()}`;
  // The server's page tells that it is there; until then, and where the server
  // has gone or scripts are not run, the picture stays.
  const html = `<div id="${id}">
<figure style="margin:0;max-width:36rem">
<img src="data:image/png;base64,${picture}" alt="${words}" style="max-width:100%">
<figcaption>${caption}</figcaption>
</figure>
<iframe src="${url}" title="Drawing pad" style="display:block;width:100%;height:0;border:0;border-radius:8px"></iframe>
<script>
addEventListener("message", ({ data, source }) => {
  const root = document.getElementById("${id}");
  const frame = root && root.querySelector("iframe");
  if (!frame || source !== frame.contentWindow || data !== "pad is ready") return;
  root.querySelector("figure").style.display = "none";
  frame.style.height = "35rem";
});
</script>
</div>`;
  return { live: { ...still, "text/html": html }, still, caption };
}
