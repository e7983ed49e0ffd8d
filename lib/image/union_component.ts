/** Makes one component of several. @module */

import type { Component } from "./find_components.ts";

/**
 * The pixels of all of them, with one bounding box.
 *
 * @param components At least one; of one picture, with no pixel in common.
 *
 * @example
 * ```ts
 * import { findComponents } from "./find_components.ts";
 * import { unionComponent } from "./union_component.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = Uint8Array.of(1, 0, 1, 1);
 * const both = findComponents({ width: 4, height: 1, data });
 * const { x, width, area } = unionComponent(both);
 * assertEquals([x, width, area], [0, 4, 3]);
 * ```
 */
export function unionComponent(components: Component[]): Component {
  const [first] = components;
  if (components.length === 1) return first!;
  const x = Math.min(...components.map((part) => part.x));
  const y = Math.min(...components.map((part) => part.y));
  return {
    x,
    y,
    width: Math.max(...components.map((part) => part.x + part.width)) - x,
    height: Math.max(...components.map((part) => part.y + part.height)) - y,
    area: components.reduce((sum, { area }) => sum + area, 0),
    runs: components.flatMap(({ runs }) => runs),
  };
}
