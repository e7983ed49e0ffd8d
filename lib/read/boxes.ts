/** How bounding boxes lie to each other, in pixels. @module */

/** What has a place and a size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Columns that both have; below 0 it is the gap between them. */
export function sharedWidth(a: Box, b: Box): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}

/** Rows that both have; below 0 it is the gap between them. */
export function sharedHeight(a: Box, b: Box): number {
  return Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
}

/** Distance between them; 0 where they touch or overlap. */
export function boxGap(a: Box, b: Box): number {
  return Math.hypot(
    Math.max(0, -sharedWidth(a, b)),
    Math.max(0, -sharedHeight(a, b)),
  );
}
