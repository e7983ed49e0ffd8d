// @ts-check
/// <reference lib="dom" />

/**
 * The page's element of that id.
 *
 * @param {string} id
 */
export function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
