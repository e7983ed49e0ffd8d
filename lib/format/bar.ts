/**
 * Bars that show how far something has come.
 *
 * @module
 */

import { percent } from "./numbers.ts";

const WIDTH = 24;

/**
 * A share of 0…1 as a bar and in percent.
 *
 * @example Half of it
 * ```ts
 * import { bar } from "./bar.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(bar(0.5), "████████████░░░░░░░░░░░░ 50 %");
 * ```
 */
export function bar(share: number): string {
  const filled = Math.round(WIDTH * share);
  const rest = WIDTH - filled;
  return `${"█".repeat(filled)}${"░".repeat(rest)} ${percent(share, 0)}`;
}
