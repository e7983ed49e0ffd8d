// @ts-check
/// <reference lib="dom" />
/**
 * Asks the server what lies on the sheet.
 *
 * @module
 */

import { toBmp } from "./bmp.js";
import { drawStrokes, HEIGHT, WIDTH } from "./drawing.js";

/** @typedef {import("./drawing.js").Stroke} Stroke */
/** @typedef {import("./words.js").Answer} Answer */

/**
 * What lies on the sheet: strokes, or a picture.
 *
 * @typedef {object} Scene
 * @property {Stroke[]} strokes
 * @property {File} [picture]
 * @property {ImageBitmap} [bitmap] The picture, where the browser can show it.
 */

/** Pixels that a drawing is sent with; more make the answer come later. */
const SENT = { width: 540, height: 360 };

/**
 * @param {Scene} asked
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function askServer({ strokes, picture }, signal) {
  const body = picture ?? drawing(strokes);
  /** @type {Response} */
  let response;
  try {
    response = await fetch("read", { method: "POST", body, signal });
  } catch {
    throw new Error(
      "The pad's server does not answer: it ended with the kernel or the task that started it.",
    );
  }
  if (response.ok) return response.json();
  throw new Error(`${await response.text()}.`);
}

const paper = contextOf(new OffscreenCanvas(SENT.width, SENT.height));
paper.scale(SENT.width / WIDTH, SENT.height / HEIGHT);

/** @param {OffscreenCanvas} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return /** @type {OffscreenCanvasRenderingContext2D} */ (context);
}

/**
 * Black on white, whatever the page's colors are.
 *
 * @param {Stroke[]} strokes
 */
function drawing(strokes) {
  paper.fillStyle = "white";
  paper.fillRect(0, 0, WIDTH, HEIGHT);
  drawStrokes(paper, strokes);
  return toBmp(paper.getImageData(0, 0, SENT.width, SENT.height));
}
