/**
 * The frame of every task: what it prints to, and how it ends.
 *
 * @module
 */

import { UsageError } from "./options.ts";

/** Where a task's words go. */
export interface Output {
  /** A line for the person or the next program, on stdout. */
  print(line: string): void;
  /** A line about what went wrong or is going on, on stderr. */
  warn(line: string): void;
  /** True where stdout is a terminal, so that a bar may be redrawn. */
  isTerminal: boolean;
  /** Writes over the current line of the terminal. */
  redraw(line: string): void;
}

/** A task: arguments in, words out, exit code back. */
export type Task = (args: string[], output: Output) => Promise<number>;

/** Erases the line and goes back to its start. */
const ERASE_LINE = "\x1b[2K\r";

/** The process's own streams. */
const processOutput: Output = {
  print: (line) => console.log(line),
  warn: (line) => console.error(line),
  isTerminal: Deno.stdout.isTerminal(),
  redraw: (line) =>
    Deno.stdout.writeSync(new TextEncoder().encode(ERASE_LINE + line)),
};

/**
 * Runs a task to its exit code: 0, or 1 with one sentence on stderr, or 2
 * where the command line was wrong.
 */
export async function runTask(
  task: Task,
  args: string[],
  output: Output = processOutput,
): Promise<number> {
  try {
    return await task(args, output);
  } catch (error) {
    output.warn(`Error: ${errorMessage(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** What an error says, in one line, without its stack. */
export function errorMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s*\n\s*/g, " ");
}
