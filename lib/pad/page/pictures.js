// @ts-check
/// <reference lib="dom" />
/**
 * Pictures that are dropped, pasted, or chosen.
 *
 * @module
 */

import { element } from "./element.js";

/**
 * @param {(file: File) => void} onPicture
 * @param {(sentence: string) => void} onProblem
 */
export function listenToPictures(onPicture, onProblem) {
  const sheet = element("sheet");
  const input = /** @type {HTMLInputElement} */ (element("file"));

  /** @param {FileList | undefined} files */
  function take(files) {
    const [file] = files ?? [];
    if (file) onPicture(file);
    else onProblem("Only a picture's file can be read here.");
  }

  /** @param {boolean} isOver */
  const mark = (isOver) => sheet.classList.toggle("dropping", isOver);

  addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  addEventListener("dragleave", (event) => {
    // Null where it left the window, not one element for the next.
    if (!event.relatedTarget) mark(false);
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    take(event.dataTransfer?.files);
  });
  addEventListener("paste", (event) => {
    event.preventDefault();
    take(event.clipboardData?.files);
  });
  element("open").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    take(input.files ?? undefined);
    // So that the same file can be chosen again.
    input.value = "";
  });
}
