/** How far a component reaches in each row and column. @module */

import type { Component } from "../image/mod.ts";
import type { Box } from "./boxes.ts";

/** Sides of a frame that stand beside what it holds. */
export interface Sides {
  left: boolean;
  right: boolean;
  top: boolean;
  bottom: boolean;
}

/** Part of a box's side that a closed side covers; pens lift for a moment. */
const CLOSED = 0.8;

/** The outermost pixels of a component, as its bounding box counts them. */
export class Outline {
  readonly #component: Component;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #top: Int32Array;
  readonly #bottom: Int32Array;

  constructor(component: Component) {
    const { x, y, width, height, runs } = component;
    this.#component = component;
    this.#left = new Int32Array(height).fill(width);
    this.#right = new Int32Array(height).fill(-1);
    this.#top = new Int32Array(width).fill(height);
    this.#bottom = new Int32Array(width).fill(-1);
    for (let run = 0; run < runs.length; run += 3) {
      const row = runs[run]! - y;
      const start = runs[run + 1]! - x;
      const end = runs[run + 2]! - x;
      this.#left[row] = Math.min(this.#left[row]!, start);
      this.#right[row] = Math.max(this.#right[row]!, end - 1);
      for (let column = start; column < end; column++) {
        this.#top[column] = Math.min(this.#top[column]!, row);
        this.#bottom[column] = row;
      }
    }
  }

  /** The sides of the component that a box lies within. */
  around(box: Box): Sides {
    const left = box.x - this.#component.x;
    const top = box.y - this.#component.y;
    const right = left + box.width;
    const bottom = top + box.height;
    const rows = (isBeside: (row: number) => boolean) =>
      covered(top, bottom, isBeside);
    const columns = (isBeside: (column: number) => boolean) =>
      covered(left, right, isBeside);
    return {
      left: rows((row) => this.#left[row]! < left),
      right: rows((row) => this.#right[row]! >= right),
      top: columns((column) => this.#top[column]! < top),
      bottom: columns((column) => this.#bottom[column]! >= bottom),
    };
  }
}

/** Whether something holds for nearly all numbers from one to another. */
function covered(
  from: number,
  to: number,
  holds: (at: number) => boolean,
): boolean {
  let count = 0;
  for (let at = from; at < to; at++) {
    if (holds(at)) count++;
  }
  return count >= CLOSED * (to - from);
}
