// @ts-check
/// <reference lib="dom" />
/**
 * A mouse, a pen or a finger that draws.
 *
 * @module
 */

import { HEIGHT, WIDTH } from "./drawing.js";

/** @typedef {import("./drawing.js").Point} Point */

/**
 * Listens to the first pointer that comes down; a second finger, or the hand
 * beside a pen, draws nothing.
 *
 * @param {HTMLElement} sheet
 * @param {object} pen
 * @param {(point: Point) => void} pen.down
 * @param {(point: Point) => void} pen.move
 * @param {() => void} pen.up
 * @param {() => void} pen.cancel The stroke was none.
 */
export function listenToPointers(sheet, { down, move, up, cancel }) {
  /** @type {PointerEvent | undefined} */
  let first;

  /**
   * @param {PointerEvent} event
   * @returns {Point}
   */
  function pointOf({ clientX, clientY }) {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return [
      (clientX - left) / width * WIDTH,
      (clientY - top) / height * HEIGHT,
    ];
  }

  /** @param {PointerEvent} event */
  const isFirst = (event) => event.pointerId === first?.pointerId;

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // The hand often touches before its pen does.
    const isHand = first?.pointerType === "touch" &&
      event.pointerType === "pen";
    if (first && !isHand) return;
    if (isHand) cancel();
    first = event;
    sheet.setPointerCapture(event.pointerId);
    down(pointOf(event));
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!isFirst(event)) return;
    // All that the device told since the last frame.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) {
      move(pointOf(each));
    }
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!isFirst(event)) return;
    first = undefined;
    up();
  });
  sheet.addEventListener("pointercancel", (event) => {
    if (!isFirst(event)) return;
    first = undefined;
    cancel();
  });
  // Older Safari scrolls in spite of `touch-action`.
  sheet.addEventListener("touchstart", (event) => event.preventDefault(), {
    passive: false,
  });
}
