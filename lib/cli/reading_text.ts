/** A reading in words. @module */

import type { Reading } from "../read/mod.ts";

/** What was read, for a person. */
export function readingText(path: string, { lines }: Reading): string {
  if (lines.length === 0) return `No digits found in ${path}`;
  if (lines.length === 1) return `Predicted number: ${lines[0]!.text}`;
  return ["Predicted numbers:", ...lines.map(({ text }) => text)].join("\n");
}
