/** Cuts a component into pieces. @module */

import type { Component } from "../image/mod.ts";
import type { Cut } from "./find_cuts.ts";

/** What lies between two cuts. */
export interface Piece {
  component: Component;
  /**
   * Ink that the cut on its left crosses, as a part of the height of what was
   * cut; 0 on the outer left.
   */
  crossed: number;
}

/**
 * @param cuts Through that component, from left to right.
 * @returns The pieces from left to right, together all of the component. A cut
 *   that leaves nothing on one side is as if it were not there.
 */
export function cutComponent(component: Component, cuts: Cut[]): Piece[] {
  const runs = cuts.map((): number[] => []).concat([[]]);
  for (let run = 0; run < component.runs.length; run += 3) {
    const row = component.runs[run]!;
    let start = component.runs[run + 1]!;
    const end = component.runs[run + 2]!;
    for (let piece = 0; piece <= cuts.length && start < end; piece++) {
      const limit = cuts[piece]?.columns[row - component.y] ?? end;
      const stop = Math.min(end, limit);
      if (stop <= start) continue;
      runs[piece]!.push(row, start, stop);
      start = stop;
    }
  }
  const pieces: Piece[] = [];
  for (const [i, own] of runs.entries()) {
    if (own.length === 0) continue;
    const crossed = pieces.length === 0 ? 0 : cuts[i - 1]!.crossed;
    pieces.push({ component: fromRuns(own), crossed });
  }
  return pieces;
}

function fromRuns(runs: number[]): Component {
  let left = Infinity;
  let right = 0;
  let area = 0;
  for (let run = 0; run < runs.length; run += 3) {
    left = Math.min(left, runs[run + 1]!);
    right = Math.max(right, runs[run + 2]!);
    area += runs[run + 2]! - runs[run + 1]!;
  }
  const y = runs[0]!;
  return {
    x: left,
    y,
    width: right - left,
    height: runs.at(-3)! + 1 - y,
    area,
    runs,
  };
}
