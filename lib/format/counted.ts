/** Things and how many there are. @module */

import { thousands } from "./numbers.ts";

/**
 * A number with its noun.
 *
 * @param noun In the singular, of those that take an s.
 *
 * @example
 * ```ts
 * import { counted } from "./counted.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(counted(1, "picture"), "1 picture");
 * assertEquals(counted(1200, "picture"), "1,200 pictures");
 * ```
 */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}
