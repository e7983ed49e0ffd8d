/** An output that keeps what it is given. @module */

import type { Output } from "@lib/cli/run_task.ts";

/** What a task printed. */
export interface CapturedOutput extends Output {
  /** Lines for stdout. */
  printed: string[];
  /** Lines for stderr. */
  warned: string[];
  /** What was drawn over the terminal's line. */
  redrawn: string[];
}

/** @param isTerminal What the task is told that stdout is. */
export function capturedOutput(isTerminal = false): CapturedOutput {
  const printed: string[] = [];
  const warned: string[] = [];
  const redrawn: string[] = [];
  return {
    printed,
    warned,
    redrawn,
    isTerminal,
    print: (line) => printed.push(line),
    warn: (line) => warned.push(line),
    redraw: (line) => redrawn.push(line),
  };
}
