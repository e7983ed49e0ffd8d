/** Components for tests of the reader's stages. @module */

import { type Component, findComponents } from "@lib/image/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";

/** A component that fills its bounding box. */
export function block(
  x: number,
  y: number,
  width: number,
  height: number,
): Component {
  const image = uniform(x + width, y + height, 0);
  fillBox(image, [x, y, width, height], 1);
  return findComponents(image)[0]!;
}

/** Its bounding box. */
export function boxOf({ x, y, width, height }: Component): number[] {
  return [x, y, width, height];
}
