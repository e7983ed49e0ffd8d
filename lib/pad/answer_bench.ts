/** How long the pad's server takes to answer: `deno bench -A lib/pad`. */

import { encodePng } from "../image/mod.ts";
import { startWasmBackend } from "../kernels/mod.ts";
import { loadModel, predict } from "../model/mod.ts";
import { readPicture } from "../read/mod.ts";
import { EXAMPLE_NUMBER, exampleDrawing } from "./example_drawing.ts";
import { type PadAnswer, startPad } from "./start_pad.ts";

await startWasmBackend();
const model = await loadModel("data/model");
const classify = (images: Float32Array) =>
  Promise.resolve(predict(model, images));
const pad = await startPad((picture) => readPicture(picture, classify));

async function ask(body: Uint8Array<ArrayBuffer>, wanted: string) {
  const response = await fetch(`${pad.url}read`, {
    method: "POST",
    headers: { origin: new URL(pad.url).origin },
    body,
  });
  const { text }: PadAnswer = await response.json();
  if (text !== wanted) throw new Error(`Read ${text} where ${wanted} stands`);
}

const drawing = (await encodePng(exampleDrawing())).slice();
const photo = await Deno.readFile("data/samples/70419_uneven_light.jpg");

// Deno waits for a function only if it is marked as one to wait for.
Deno.bench("a drawing of four digits, as it is drawn", async () => {
  await ask(drawing, EXAMPLE_NUMBER);
});

Deno.bench("a picture of 1.1 megapixels that is dropped", async () => {
  await ask(photo, "70419");
});
