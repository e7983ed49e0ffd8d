/**
 * Paths through a lattice.
 *
 * A lattice is an acyclic graph whose nodes are numbered so that each edge goes
 * from a lower one to a higher one. A path goes from the first node to the
 * last; its price is the sum of its edges'. Prices are negative logarithms, so
 * the weight of a path, exp(−price), is the product of its edges' weights.
 *
 * @module
 */

/** A step of a path. */
export interface Edge {
  from: number;
  to: number;
  /** −ln of a weight. */
  price: number;
  /** What it counts for in the length of a path, 0 or 1. */
  count: number;
}

/** A way from the first node to the last. */
export interface Path<E extends Edge> {
  edges: E[];
  price: number;
}

/**
 * The cheapest path of each length: the Viterbi algorithm (Forney, "The Viterbi
 * Algorithm", Proceedings of the IEEE 61, 1973), with the length in its state.
 *
 * @param last The last node; the first is 0.
 * @param edges By `from`, rising.
 * @returns By length; undefined where no path has it.
 *
 * @example
 * ```ts
 * import { bestPaths } from "./best_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const edges = [
 *   { from: 0, to: 1, price: 1, count: 1 },
 *   { from: 0, to: 2, price: 5, count: 1 },
 *   { from: 1, to: 2, price: 2, count: 1 },
 * ];
 * const prices = bestPaths(2, edges).map((path) => path?.price);
 * assertEquals(prices, [undefined, 5, 3]);
 * ```
 */
export function bestPaths<E extends Edge>(
  last: number,
  edges: E[],
): (Path<E> | undefined)[] {
  type Step = { price: number; edge: E; before: Step | undefined };
  const best: (Step | undefined)[][] = Array.from(
    { length: last + 1 },
    () => [],
  );
  for (const edge of edges) {
    const starts = edge.from === 0 ? [undefined] : best[edge.from]!;
    for (let length = 0; length < starts.length; length++) {
      const before = starts[length];
      if (edge.from > 0 && before === undefined) continue;
      const price = (before?.price ?? 0) + edge.price;
      const at = length + edge.count;
      const known = best[edge.to]![at];
      if (known === undefined || price < known.price) {
        best[edge.to]![at] = { price, edge, before };
      }
    }
  }
  return Array.from(best[last]!, (end) => {
    if (end === undefined) return undefined;
    const path: E[] = [];
    for (let step: Step | undefined = end; step; step = step.before) {
      path.unshift(step.edge);
    }
    return { edges: path, price: end.price };
  });
}

/**
 * The share of all paths' weight that goes through each edge: the forward and
 * backward sums of Baum (Rabiner, "A Tutorial on Hidden Markov Models",
 * Proceedings of the IEEE 77, 1989, section III.A).
 *
 * @param last The last node; the first is 0.
 * @param edges By `from`, rising.
 * @returns One for each edge, 0…1.
 */
export function edgeShares(last: number, edges: Edge[]): Float64Array {
  const forward = new Float64Array(last + 1).fill(-Infinity);
  const backward = new Float64Array(last + 1).fill(-Infinity);
  forward[0] = 0;
  backward[last] = 0;
  for (const { from, to, price } of edges) {
    forward[to] = logSum(forward[to]!, forward[from]! - price);
  }
  for (const { from, to, price } of edges.toReversed()) {
    backward[from] = logSum(backward[from]!, backward[to]! - price);
  }
  return Float64Array.from(
    edges,
    ({ from, to, price }) =>
      Math.exp(forward[from]! - price + backward[to]! - backward[0]!),
  );
}

/** ln(exp(a) + exp(b)). */
function logSum(a: number, b: number): number {
  const greater = Math.max(a, b);
  if (greater === -Infinity) return greater;
  return greater + Math.log1p(Math.exp(Math.min(a, b) - greater));
}
