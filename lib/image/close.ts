/** Fills what is dark and narrow. @module */

import { dilate, erode } from "./dilate.ts";
import type { GrayImage } from "./gray_image.ts";

/**
 * Morphological closing: the running maximum over a square, then the running
 * minimum. Dark marks that the square does not fit into vanish, and everything
 * wider keeps its place and its edges.
 *
 * @param size Side of the square in pixels, odd.
 * @returns A new picture of the same size, nowhere darker than `image`.
 *
 * @example A stroke vanishes, a shadow stays
 * ```ts
 * import { close } from "./close.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = Uint8Array.of(9, 9, 1, 9, 9, 5, 5, 5);
 * const closed = close({ width: 8, height: 1, data }, 3);
 * assertEquals([...closed.data], [9, 9, 9, 9, 9, 5, 5, 5]);
 * ```
 */
export function close(image: GrayImage, size: number): GrayImage {
  return erode(dilate(image, size), size);
}
