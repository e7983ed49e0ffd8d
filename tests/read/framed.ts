/** Boxes and rings, for tests of what is drawn around digits. @module */

import type { GrayImage } from "@lib/image/mod.ts";
import { fillBox } from "../image/drawn_image.ts";

type Box = readonly [x: number, y: number, width: number, height: number];

/** Draws the four sides of a box. */
export function drawBox(
  ink: GrayImage,
  [x, y, width, height]: Box,
  pen: number,
  value: number,
) {
  fillBox(ink, [x, y, width, pen], value);
  fillBox(ink, [x, y + height - pen, width, pen], value);
  fillBox(ink, [x, y, pen, height], value);
  fillBox(ink, [x + width - pen, y, pen, height], value);
}

/** Draws an oval that fills a box. */
export function drawRing(
  ink: GrayImage,
  [x, y, width, height]: Box,
  pen: number,
  value: number,
) {
  const radius = (px: number, py: number, less: number) =>
    Math.hypot(
      (px + 0.5 - width / 2) / (width / 2 - less),
      (py + 0.5 - height / 2) / (height / 2 - less),
    );
  for (let py = 0; py < height; py++) {
    for (let px = 0; px < width; px++) {
      if (radius(px, py, 0) > 1 || radius(px, py, pen) < 1) continue;
      ink.data[(y + py) * ink.width + x + px] = value;
    }
  }
}
