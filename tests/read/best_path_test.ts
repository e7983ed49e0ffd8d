import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bestPaths, type Edge, edgeShares } from "@lib/read/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

/** All paths from 0 to `last`, by trying each edge. */
function allPaths(last: number, edges: Edge[], from = 0): Edge[][] {
  if (from === last) return [[]];
  return edges.filter((edge) => edge.from === from).flatMap((edge) =>
    allPaths(last, edges, edge.to).map((rest) => [edge, ...rest])
  );
}

const priceOf = (path: Edge[]) =>
  path.reduce((sum, { price }) => sum + price, 0);
const lengthOf = (path: Edge[]) =>
  path.reduce((sum, { count }) => sum + count, 0);

/** Edges between near nodes, some of them side by side. */
function randomLattice(last: number, seed: number): Edge[] {
  const random = createRandom(seed);
  const edges: Edge[] = [];
  for (let from = 0; from < last; from++) {
    for (let to = from + 1; to <= Math.min(last, from + 3); to++) {
      for (let count = 0; count < 2; count++) {
        if (random.next() < 0.3) continue;
        edges.push({ from, to, price: 4 * random.next(), count });
      }
    }
  }
  return edges;
}

Deno.test("bestPaths() finds the cheapest of all paths of each length", () => {
  for (let seed = 0; seed < 20; seed++) {
    const edges = randomLattice(6, seed);
    const all = allPaths(6, edges);
    const found = bestPaths(6, edges);
    for (let length = 0; length <= 6; length++) {
      const prices = all.filter((path) => lengthOf(path) === length)
        .map(priceOf);
      const path = found[length];
      assertEquals(path === undefined, prices.length === 0, `seed ${seed}`);
      if (path === undefined) continue;
      assertAlmostEquals(path.price, Math.min(...prices), 1e-9);
      assertAlmostEquals(path.price, priceOf(path.edges), 1e-9);
      assertEquals(lengthOf(path.edges), length);
      const nodes = path.edges.map(({ to }) => to);
      assertEquals(path.edges.map(({ from }) => from), [
        0,
        ...nodes.slice(0, -1),
      ]);
      assertEquals(nodes.at(-1), 6);
    }
  }
});

Deno.test("edgeShares() are the weights of all paths through an edge", () => {
  for (let seed = 0; seed < 20; seed++) {
    const edges = randomLattice(6, seed);
    const all = allPaths(6, edges);
    if (all.length === 0) continue;
    const weigh = (paths: Edge[][]) =>
      paths.reduce((sum, path) => sum + Math.exp(-priceOf(path)), 0);
    const total = weigh(all);
    const shares = edgeShares(6, edges);
    for (const [i, edge] of edges.entries()) {
      const through = all.filter((path) => path.includes(edge));
      assertAlmostEquals(shares[i]!, weigh(through) / total, 1e-9);
    }
  }
});

Deno.test("bestPaths() finds none where the last node is out of reach", () => {
  const edges = [{ from: 0, to: 1, price: 1, count: 1 }];
  assertEquals(bestPaths(2, edges), []);
});
