// @ts-check
/**
 * What was read, in words.
 *
 * @module
 */

/**
 * As the server answers.
 *
 * @typedef {object} Answer
 * @property {string} text
 * @property {number} confidence
 * @property {{ digits: Digit[] }[]} lines
 * @property {number} width Of the picture, in pixels.
 * @property {number} height
 * @property {number} milliseconds That the server took.
 */

/**
 * @typedef {object} Digit
 * @property {number} digit
 * @property {number} confidence
 * @property {boolean} rejected
 * @property {[x: number, y: number, width: number, height: number]} box
 */

/**
 * For those who see it.
 *
 * @param {Answer} answer
 */
export function noteOf({ lines, confidence, milliseconds }) {
  const count = lines.reduce((sum, { digits }) => sum + digits.length, 0);
  const time = `in ${Math.max(1, Math.round(milliseconds))}\u00a0ms`;
  if (count === 0) return `No digit found, ${time}.`;
  const all = count > 1 ? `All digits right: ${percent(confidence)}. ` : "";
  return `${all}Read ${time}.`;
}

/**
 * For those who hear it: digit by digit, as "5283" would be a quantity.
 *
 * @param {Answer} answer
 */
export function spoken({ text, lines, confidence }) {
  if (lines.length === 0) return "No digit found";
  const rows = text.split("\n").map((row) =>
    [...row].map((sign) => sign === "?" ? "unsure" : sign)
      .filter((sign) => sign !== " ").join(" ")
  );
  return `Read ${rows.join(", next row ")}. ${percent(confidence)} sure`;
}

/**
 * Rounded down: nothing that may be wrong is called 100 % sure.
 *
 * @param {number} share
 */
export function percent(share) {
  return `${Math.floor(share * 100)}\u00a0%`;
}
