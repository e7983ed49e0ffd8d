/** Tells what is drawn around other things. @module */

import type { Component } from "../image/mod.ts";

/** Least height of all that a frame holds, as a part of its own. */
const HELD = 1 / 3;

/**
 * Whether a component's bounding box holds others, one large or several small.
 *
 * @param others Without specks; may hold `component` itself.
 */
export function isFrame(component: Component, others: Component[]): boolean {
  let held = 0;
  for (const other of others) {
    if (isInside(other, component)) held += other.height;
  }
  return held >= HELD * component.height;
}

function isInside(inner: Component, outer: Component): boolean {
  return inner.x > outer.x && inner.y > outer.y &&
    inner.x + inner.width < outer.x + outer.width &&
    inner.y + inner.height < outer.y + outer.height;
}
