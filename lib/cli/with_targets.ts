/** Paths that permissions are given for. @module */

import { basename, dirname, resolve } from "node:path";

/** Paths, and where links in them lead: Deno asks for both. */
export function withTargets(paths: string[]): string[] {
  return [...new Set(paths.flatMap((path) => [path, target(path)]))];
}

/** Where a path leads, whose last parts need not be there yet. */
function target(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : resolve(target(above), basename(path));
  }
}
