/** Chooses how each row is read. @module */

import type { Edge, Path } from "./best_path.ts";

/**
 * The cheapest path of each row or, where a length is asked for, the cheapest
 * ones that have it together.
 *
 * @param rows Paths by their lengths, as `bestPaths()` gives them.
 * @param length Where no choice has it, the nearest that one has counts.
 * @returns One path a row; undefined where a row has none.
 *
 * @example Two digits are wanted, and the second row is cheaper to cut
 * ```ts
 * import { choosePaths } from "./choose_paths.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = (price: number) => ({ edges: [], price });
 * const rows = [[path(1), path(2)], [path(4), path(1), path(9)]];
 * const prices = (length?: number) =>
 *   choosePaths(rows, length).map((chosen) => chosen?.price);
 * assertEquals(prices(), [1, 1]);
 * assertEquals(prices(2), [2, 1]);
 * assertEquals(prices(7), [2, 9]);
 * ```
 */
export function choosePaths<E extends Edge>(
  rows: (Path<E> | undefined)[][],
  length?: number,
): (Path<E> | undefined)[] {
  if (length === undefined) return rows.map(cheapest);
  type Choice = { price: number; paths: (Path<E> | undefined)[] };
  let choices: (Choice | undefined)[] = [{ price: 0, paths: [] }];
  for (const row of rows) {
    const next: (Choice | undefined)[] = [];
    // A row without any path is left as it is.
    const options = row.length === 0 ? [undefined] : row;
    for (const [before, choice] of choices.entries()) {
      if (choice === undefined) continue;
      for (const [own, path] of options.entries()) {
        if (path === undefined && row.length > 0) continue;
        const price = choice.price + (path?.price ?? 0);
        const known = next[before + own];
        if (known && known.price <= price) continue;
        next[before + own] = { price, paths: [...choice.paths, path] };
      }
    }
    choices = Array.from(next);
  }
  let best: Choice | undefined;
  let distance = Infinity;
  for (const [total, choice] of choices.entries()) {
    if (choice === undefined || Math.abs(total - length) >= distance) continue;
    distance = Math.abs(total - length);
    best = choice;
  }
  return best?.paths ?? [];
}

function cheapest<E extends Edge>(
  paths: (Path<E> | undefined)[],
): Path<E> | undefined {
  let best: Path<E> | undefined;
  for (const path of paths) {
    if (path && path.price < (best?.price ?? Infinity)) best = path;
  }
  return best;
}
