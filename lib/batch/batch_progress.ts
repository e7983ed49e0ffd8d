/**
 * What is shown while a batch is read.
 *
 * @module
 */

import { bar } from "../format/bar.ts";
import { counted } from "../format/counted.ts";
import { duration, thousands } from "../format/numbers.ts";

/** Where the lines go. */
export interface ProgressScreen {
  /** A line of its own. */
  warn(line: string): void;
  /** True where a bar may be redrawn. */
  isTerminal: boolean;
  /** Writes over the current line of the terminal. */
  redraw(line: string): void;
}

/** How far a batch has come. */
export interface BatchProgress {
  /** Lines that are written, those of earlier runs included. */
  done: number;
  /** Of those, how many stood there when this run began. */
  before: number;
  /** Of those that are done. */
  errors: number;
  /** All pictures; undefined while they are still being counted. */
  total: number | undefined;
  /** Since this run began. */
  seconds: number;
}

/** Seconds between two redraws of a terminal's bar. */
const REDRAW = 0.2;
/** Seconds between two lines where there is no terminal. */
const SPARSE = 30;

/**
 * Shows a bar in a terminal, and a line now and then elsewhere.
 *
 * @returns What is to be called as often as there is something new.
 */
export function showBatchProgress(
  screen: ProgressScreen,
): (progress: BatchProgress) => void {
  let shown = 0;
  return (progress) => {
    const pause = screen.isTerminal ? REDRAW : SPARSE;
    if (progress.seconds - shown < pause) return;
    shown = progress.seconds;
    const line = batchLine(progress);
    if (screen.isTerminal) screen.redraw(line);
    else screen.warn(line);
  };
}

/**
 * How far it is, how fast, and how long it will still take.
 *
 * @example In the middle
 * ```ts
 * import { batchLine } from "./batch_progress.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   batchLine({ done: 600, before: 0, errors: 2, total: 2400, seconds: 10 }),
 *   "██████░░░░░░░░░░░░░░░░░░ 25 % · 600 of 2,400 · 2 errors · 60.0 pictures/s · 0:30 left",
 * );
 * ```
 */
export function batchLine(
  { done, before, errors, total, seconds }: BatchProgress,
): string {
  const rate = (done - before) / seconds;
  const parts = total === undefined ? [counted(done, "picture")] : [
    bar(done / Math.max(1, total)),
    `${thousands(done)} of ${thousands(total)}`,
  ];
  if (errors > 0) parts.push(counted(errors, "error"));
  parts.push(rateText(rate));
  if (total !== undefined && rate > 0) {
    parts.push(`${duration((total - done) / rate)} left`);
  }
  return parts.join(" · ");
}

/** As in `8.4 pictures/s`. */
export function rateText(perSecond: number): string {
  const shown = perSecond < 100 ? perSecond.toFixed(1) : thousands(perSecond);
  return `${shown} pictures/s`;
}
