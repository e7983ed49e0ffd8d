/** Draws what a pen would. @module */

import type { GrayImage } from "../image/mod.ts";

/** A stroke's points, x to the right and y down, in pixels. */
export type Stroke = (readonly [x: number, y: number])[];

/**
 * Draws strokes with round ends and soft edges.
 *
 * @param pen Width of the strokes in pixels.
 * @returns As large as the drawing and no larger, 255 where ink is full; 1×1
 *   where there is none.
 *
 * @example
 * ```ts
 * import { drawStrokes } from "./draw_strokes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { width, height, data } = drawStrokes([[[0, 0], [0, 9]]], 4);
 * assertEquals([width, height, data[5 * width + 2]], [5, 14, 255]);
 * ```
 */
export function drawStrokes(strokes: Stroke[], pen: number): GrayImage {
  const points = strokes.flat();
  if (points.length === 0) {
    return { width: 1, height: 1, data: new Uint8Array(1) };
  }
  const margin = pen / 2 + 0.5;
  const left = Math.min(...points.map(([x]) => x)) - margin;
  const top = Math.min(...points.map(([, y]) => y)) - margin;
  const right = Math.max(...points.map(([x]) => x)) + margin;
  const bottom = Math.max(...points.map(([, y]) => y)) + margin;
  const width = Math.ceil(right - left);
  const height = Math.ceil(bottom - top);
  const data = new Uint8Array(width * height);
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i++) {
      const [ax, ay] = stroke[Math.max(0, i - 1)]!;
      const [bx, by] = stroke[i]!;
      drawSegment(
        { width, height, data },
        [ax - left, ay - top, bx - left, by - top],
        pen,
      );
    }
  }
  return { width, height, data };
}

/** Darkens what is near a segment; a pixel has the ink of the nearest one. */
function drawSegment(
  { width, height, data }: GrayImage,
  [ax, ay, bx, by]: readonly [number, number, number, number],
  pen: number,
): void {
  const reach = pen / 2 + 0.5;
  const dx = bx - ax;
  const dy = by - ay;
  const length = Math.max(1e-9, dx * dx + dy * dy);
  const clamp = (value: number, most: number) =>
    Math.max(0, Math.min(most, Math.floor(value)));
  const bottom = clamp(Math.max(ay, by) + reach, height - 1);
  const right = clamp(Math.max(ax, bx) + reach, width - 1);
  for (let y = clamp(Math.min(ay, by) - reach, height); y <= bottom; y++) {
    for (let x = clamp(Math.min(ax, bx) - reach, width); x <= right; x++) {
      const px = x + 0.5 - ax;
      const py = y + 0.5 - ay;
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / length));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const ink = 255 * Math.max(0, Math.min(1, reach - distance));
      const at = y * width + x;
      if (ink > data[at]!) data[at] = ink;
    }
  }
}
