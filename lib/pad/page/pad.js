// @ts-check
/// <reference lib="dom" />
/**
 * Runs in the page: what is drawn, dropped or pasted goes to the server, and
 * what it reads is shown.
 *
 * @module
 */

import { askServer } from "./ask_server.js";
import { createAsker } from "./asking.js";
import {
  addPoint,
  drawStrokes,
  HEIGHT,
  placePicture,
  WIDTH,
} from "./drawing.js";
import { element } from "./element.js";
import { listenToKeys } from "./key_pen.js";
import { listenToPictures } from "./pictures.js";
import { listenToPointers } from "./pointer_pen.js";
import { showResult } from "./result.js";
import { spoken } from "./words.js";

/** @typedef {import("./drawing.js").Stroke} Stroke */
/** @typedef {import("./ask_server.js").Scene} Scene */
/** @typedef {import("./words.js").Answer} Answer */

/** As the server has it. */
const MOST_BYTES = 20 * 2 ** 20;

/** Milliseconds before a result is said aloud: somebody may draw on. */
const SAY_AFTER = 900;

const canvas = /** @type {HTMLCanvasElement} */ (element("canvas"));

/** What was there before, oldest first. @type {Scene[]} */
const past = [];
/** @type {Scene} */
let scene = { strokes: [] };
/** What the pen draws just now. @type {Stroke | undefined} */
let stroke;
/** What lay there when the pen came down. @type {Scene} */
let before = scene;
/** @type {Answer | undefined} */
let shown;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** @type {ReturnType<typeof createAsker<Scene, Answer>>} */
const asker = createAsker({
  rest: 100,
  longest: 300,
  send: askServer,
  onAnswer(answer, asked) {
    // Only now is it known to be a picture.
    if (asked.picture && asked !== scene) change(asked);
    shown = answer;
    showResult(answer);
    if (asked.picture && !asked.bitmap) {
      showProblem(
        "This browser cannot show such a picture, only what was read off it.",
      );
    }
    // What is half drawn is something else.
    if (!stroke) say(spoken(answer), SAY_AFTER);
  },
  onError({ message }, asked) {
    showResult(shown);
    showProblem(message);
    // It may have come while the drawing was not read yet.
    if (asked.picture && asked !== scene && scene.strokes.length > 0) {
      asker.askNow(scene);
    }
  },
});

/** Draws the sheet anew, as sharp as the screen is. */
function draw() {
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.round(clientWidth * devicePixelRatio);
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext(
    "2d",
  ));
  context.scale(canvas.width / WIDTH, canvas.height / HEIGHT);
  const { bitmap, strokes } = scene;
  if (bitmap) {
    const { x, y, scale } = placePicture(bitmap);
    context.drawImage(
      bitmap,
      ...[x, y, bitmap.width * scale, bitmap.height * scale],
    );
  }
  context.strokeStyle = getComputedStyle(canvas).color;
  drawStrokes(context, stroke ? [...strokes, stroke] : strokes);
}

let isDrawing = false;

/** Once a frame, however often a pen tells where it is. */
function drawSoon() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    draw();
  });
}

/** @param {Scene} next */
function show(next) {
  scene = next;
  const isEmpty = scene.strokes.length === 0 && !scene.picture && !stroke;
  element("hint").hidden = !isEmpty;
  element("undo").ariaDisabled = `${past.length === 0}`;
  element("clear").ariaDisabled = `${isEmpty}`;
  drawSoon();
  return isEmpty;
}

/** @param {Scene} next */
function change(next) {
  past.push(scene);
  show(next);
}

function takeBack() {
  const last = past.pop();
  if (last) readAgain(last);
}

function clear() {
  if (scene.strokes.length === 0 && !scene.picture) return;
  past.push(scene);
  readAgain({ strokes: [] });
  say("Cleared");
}

/** @param {Scene} next */
function readAgain(next) {
  stroke = undefined;
  asker.stop();
  forget();
  if (!show(next)) asker.askNow(next);
}

/** Until the next answer. */
function forget() {
  shown = undefined;
  showResult(undefined);
  showProblem("");
}

const pen = {
  /** @param {import("./drawing.js").Point} point */
  down(point) {
    stroke = [];
    addPoint(stroke, point);
    before = scene;
    showProblem("");
    // A drawing on a picture is a new drawing.
    if (scene.picture) {
      asker.stop();
      forget();
      scene = { strokes: [] };
    }
    show(scene);
  },
  /** @param {import("./drawing.js").Point} point */
  move(point) {
    if (!stroke) return;
    addPoint(stroke, point);
    drawSoon();
    asker.ask({ strokes: [...scene.strokes, [...stroke]] });
  },
  up() {
    if (!stroke) return;
    const strokes = [...scene.strokes, stroke];
    stroke = undefined;
    scene = before;
    change({ strokes });
    asker.askNow(scene);
  },
  cancel() {
    if (stroke) readAgain(before);
  },
};

/** @param {File} picture */
async function readPicture(picture) {
  if (picture.size > MOST_BYTES) {
    showProblem(
      `A picture must have at most 20 MB here: ${picture.name} has ${
        Math.ceil(picture.size / 2 ** 20)
      } MB.`,
    );
    return;
  }
  asker.stop();
  showProblem("");
  element("note").textContent = "Reading the picture…";
  say("Reading the picture");
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  await asker.askNow({ strokes: [], picture, ...(bitmap ? { bitmap } : {}) });
}

/** @param {string} sentence */
function showProblem(sentence) {
  element("problem").textContent = sentence;
}

/**
 * Says something to those who cannot see the page.
 *
 * @param {string} words
 */
function say(words, after = 0) {
  clearTimeout(saying);
  saying = setTimeout(() => element("said").textContent = words, after);
}

listenToPointers(canvas, pen);
listenToKeys(canvas, { ...pen, say });
listenToPictures(readPicture, showProblem);
element("undo").addEventListener("click", takeBack);
element("clear").addEventListener("click", clear);
addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey &&
    event.key.toLowerCase() === "z";
  if (!isUndo && event.key !== "Escape") return;
  event.preventDefault();
  if (isUndo) takeBack();
  else clear();
});
new ResizeObserver(draw).observe(canvas);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
show(scene);

if (parent !== self) {
  document.documentElement.classList.add("embedded");
  // What holds the pad shows it once it is there; this says nothing else.
  parent.postMessage("pad is ready", "*");
}
