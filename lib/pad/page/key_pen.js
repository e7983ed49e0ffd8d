// @ts-check
/// <reference lib="dom" />
/**
 * A pen that is moved by keys.
 *
 * @module
 */

import { HEIGHT, WIDTH } from "./drawing.js";
import { element } from "./element.js";

/** @typedef {import("./drawing.js").Point} Point */

/** Units that one press moves, and with Shift. */
const STEP = 12;
const SMALL_STEP = 3;

/** @type {Record<string, Point>} */
const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Listens to the sheet's keys.
 *
 * @param {HTMLElement} sheet
 * @param {object} pen
 * @param {(point: Point) => void} pen.down
 * @param {(point: Point) => void} pen.move
 * @param {() => void} pen.up
 * @param {(words: string) => void} pen.say
 */
export function listenToKeys(sheet, { down, move, up, say }) {
  const cursor = element("pen");
  /** @type {Set<string>} */
  const held = new Set();
  let x = WIDTH / 3;
  let y = HEIGHT / 3;
  let isDown = false;

  /** @param {boolean} wanted */
  function setDown(wanted) {
    if (wanted === isDown) return;
    isDown = wanted;
    if (isDown) down([x, y]);
    else up();
    say(isDown ? "Pen down" : "Pen up");
    showCursor();
  }

  function showCursor() {
    cursor.hidden = false;
    cursor.classList.toggle("down", isDown);
    cursor.style.left = `${100 * x / WIDTH}%`;
    cursor.style.top = `${100 * y / HEIGHT}%`;
  }

  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in DIRECTIONS) {
      held.add(event.key);
      const step = event.shiftKey ? SMALL_STEP : STEP;
      // Two keys at once go across, though only the last one repeats.
      for (const key of held) {
        const [right, below] = /** @type {Point} */ (DIRECTIONS[key]);
        x = Math.max(0, Math.min(WIDTH, x + right * step));
        y = Math.max(0, Math.min(HEIGHT, y + below * step));
      }
      showCursor();
      if (isDown) move([x, y]);
    } else if (event.key === " ") {
      if (!event.repeat) setDown(true);
    } else if (event.key === "Enter") {
      if (!event.repeat) setDown(!isDown);
    } else return;
    event.preventDefault();
  });
  sheet.addEventListener("keyup", (event) => {
    held.delete(event.key);
    if (event.key === " ") setDown(false);
  });
  sheet.addEventListener("blur", () => {
    held.clear();
    setDown(false);
    cursor.hidden = true;
  });
  sheet.addEventListener("pointerdown", () => {
    setDown(false);
    cursor.hidden = true;
  });
}
