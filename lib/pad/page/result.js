// @ts-check
/// <reference lib="dom" />
/**
 * Shows what was read: the number, its digits, and their boxes on the sheet.
 *
 * @module
 */

import { HEIGHT, placePicture, WIDTH } from "./drawing.js";
import { element } from "./element.js";
import { noteOf, percent } from "./words.js";

/** @typedef {import("./words.js").Answer} Answer */
/** @typedef {import("./words.js").Digit} Digit */

/** From so many signs on the number is set smaller. */
const LONG = 12;

/** Units that a box's name needs above it. */
const NAME = 32;

/** @param {Answer | undefined} answer Nothing where there is no drawing. */
export function showResult(answer) {
  const number = element("number");
  number.textContent = answer?.text ?? "";
  number.classList.toggle("long", number.textContent.length > LONG);
  element("note").textContent = answer ? noteOf(answer) : "";
  const digits = answer?.lines.flatMap((line) => line.digits) ?? [];
  element("digits").replaceChildren(...digits.map(card));
  element("boxes").replaceChildren(
    ...answer ? digits.map((digit) => box(digit, answer)) : [],
  );
}

/** @param {Digit} digit */
function card({ digit, confidence, rejected }) {
  const item = document.createElement("li");
  item.classList.toggle("unsure", rejected);
  const bar = document.createElement("i");
  bar.style.setProperty("--share", `${confidence * 100}%`);
  item.append(
    textIn("b", rejected ? `${digit}?` : `${digit}`),
    textIn("span", percent(confidence)),
    bar,
  );
  return item;
}

/**
 * @param {Digit} digit
 * @param {{ width: number, height: number }} size Of the picture.
 */
function box({ digit, rejected, box: [x, y, width, height] }, size) {
  const place = placePicture(size);
  const top = place.y + y * place.scale;
  const frame = document.createElement("div");
  frame.classList.toggle("unsure", rejected);
  frame.classList.toggle("low", top < NAME);
  /** @type {[name: string, units: number, of: number][]} */
  const sides = [
    ["left", place.x + x * place.scale, WIDTH],
    ["top", top, HEIGHT],
    ["width", width * place.scale, WIDTH],
    ["height", height * place.scale, HEIGHT],
  ];
  for (const [name, units, of] of sides) {
    frame.style.setProperty(name, `${100 * units / of}%`);
  }
  frame.append(textIn("span", rejected ? "?" : `${digit}`));
  return frame;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function textIn(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
