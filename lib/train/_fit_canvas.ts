/** Fits drawings into 28×28 as the reader fits what it cuts out. @module */

import {
  drawDigit,
  findComponents,
  type GrayImage,
  threshold,
  unionComponent,
} from "../image/mod.ts";

/** Ink from which on a pixel belongs to a drawing. */
export const INK = 100;

/** Fits all of the ink, as the reader does; nothing where there is none. */
export function fitCanvas(canvas: GrayImage): GrayImage | undefined {
  const parts = findComponents(threshold(canvas, INK));
  return parts.length === 0
    ? undefined
    : drawDigit(canvas, unionComponent(parts));
}
