import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type Candidate,
  findCandidates,
  latticeEdges,
  type Part,
} from "@lib/read/mod.ts";
import { block, boxOf } from "./components.ts";

/** Strokes of their own. */
const strokes = (...boxes: [number, number, number, number][]): Part[] =>
  boxes.map((box, stroke) => ({
    component: block(...box),
    stroke,
    crossed: undefined,
  }));

/** One stroke, cut. */
const pieces = (crossed: number[], ...boxes: Parameters<typeof block>[]) =>
  boxes.map((box, i): Part => ({
    component: block(...box),
    stroke: 0,
    crossed: i === 0 ? undefined : crossed[i - 1],
  }));

const spans = (candidates: Candidate[]) =>
  candidates.map(({ from, to }) => `${from}-${to}`);

/** The only candidate, alone on its row. */
function lone(width: number, height: number, typical = 40): Candidate {
  const [only, ...others] = findCandidates(
    strokes([0, 0, width, height]),
    typical,
  );
  assertEquals(others, []);
  return only!;
}

const scores = (count: number, own: number[]) =>
  Array.from({ length: count }, () => Float32Array.from(own));

const EVEN = new Array(10).fill(0.1);

Deno.test("findCandidates() joins neighbors that are near, and no others", () => {
  const parts = strokes([0, 0, 20, 40], [24, 0, 12, 40], [80, 0, 20, 40]);
  const candidates = findCandidates(parts, 40);
  assertEquals(spans(candidates), ["0-1", "0-2", "1-2", "2-3"]);
  assertEquals(boxOf(candidates[1]!.component), [0, 0, 36, 40]);
  assertEquals(candidates[1]!.component.area, 20 * 40 + 12 * 40);
});

Deno.test("findCandidates() joins a stroke to all before it by the nearest", () => {
  // The bar stands over the stem, 40 px from the speck between them.
  const parts = strokes([0, 10, 8, 40], [4, 46, 4, 4], [9, 4, 20, 4]);
  assert(spans(findCandidates(parts, 40)).includes("0-3"));
  assert(!spans(findCandidates(parts, 40)).includes("1-3"));
});

Deno.test("findCandidates() joins none to what is too wide or too high", () => {
  const wide = strokes([0, 0, 35, 40], [37, 0, 35, 40]);
  assertEquals(spans(findCandidates(wide, 40)), ["0-1", "1-2"]);
  const high = strokes([0, 0, 20, 40], [0, 42, 22, 40]);
  assertEquals(spans(findCandidates(high, 40)), ["0-1", "1-2"]);
  // Each by itself is one, as every stroke must be on some path.
  assertEquals(spans(findCandidates(strokes([0, 0, 300, 200]), 40)), ["0-1"]);
});

Deno.test("findCandidates() takes no more than eleven parts together", () => {
  const boxes = Array.from(
    { length: 13 },
    (_, i) => [3 * i, 0, 2, 40] as const,
  );
  const candidates = findCandidates(
    strokes(...boxes.map((box): [number, number, number, number] => [...box])),
    40,
  );
  const counts = candidates.map(({ from, to }) => to - from);
  assertEquals(Math.max(...counts), 11);
});

Deno.test("findCandidates() asks a price for shapes that are seldom", () => {
  for (const [width, height] of [[18, 40], [4, 40], [12, 40], [18, 37]]) {
    assertEquals(lone(width!, height!).price, 0, `${width}×${height}`);
  }
  assert(lone(24, 20).price > 0);
  assert(lone(24, 10).price > lone(24, 20).price);
  assert(lone(24, 100).price > lone(24, 70).price);
  assert(lone(60, 40).price > lone(50, 40).price);
  // Only the size to its row's digits counts.
  assertEquals(lone(60, 50).price, lone(120, 100, 80).price);
});

Deno.test("findCandidates() asks a price for gaps within a digit", () => {
  const price = (gap: number) =>
    findCandidates(strokes([0, 0, 4, 40], [4 + gap, 0, 4, 40]), 40)[1]!
      .price;
  assert(price(2) > 0);
  assertAlmostEquals(price(8), 4 * price(2), 1e-9);
  // Between pieces of one stroke there is none.
  const cut = pieces([0.1], [0, 0, 6, 40], [8, 0, 6, 40]);
  assertEquals(findCandidates(cut, 40)[1]!.price, 0);
});

Deno.test("findCandidates() drops a speck for less than a stroke", () => {
  const speck = lone(4, 4).dropPrice!;
  const bar = lone(20, 4).dropPrice!;
  const stem = lone(6, 40).dropPrice!;
  assert(0 < speck && speck < bar && bar < stem);
  // What may be several digits is more to lose; what is high is still one.
  assert(lone(60, 40).dropPrice! > stem);
  assertEquals(lone(6, 100).dropPrice, stem);
});

Deno.test("findCandidates() drops strokes whole, or pieces one by one", () => {
  const cut = pieces([0.1, 0.1], [0, 0, 20, 40], [20, 0, 20, 40], [
    40,
    0,
    20,
    40,
  ]);
  const parts = [...cut, { ...strokes([62, 0, 6, 40])[0]!, stroke: 1 }];
  const prices = Object.fromEntries(
    findCandidates(parts, 40).map((
      { from, to, dropPrice },
    ) => [`${from}-${to}`, dropPrice]),
  );
  const whole = lone(60, 40).dropPrice!;
  assertEquals(prices["0-3"], whole);
  assertEquals(prices["3-4"], lone(6, 40).dropPrice);
  // Two thirds of a stroke, and a piece with the next stroke.
  assertEquals([prices["0-2"], prices["1-3"], prices["2-4"]], [
    undefined,
    undefined,
    undefined,
  ]);
  assert(prices["0-1"]! > whole);
  assertEquals([prices["1-2"], prices["2-3"]], [prices["0-1"], prices["0-1"]]);
});

Deno.test("latticeEdges() reads each candidate as each digit, or drops it", () => {
  const parts = strokes([0, 0, 20, 40], [24, 0, 12, 40]);
  const candidates = findCandidates(parts, 40);
  const edges = latticeEdges(parts, candidates, scores(3, EVEN));
  const of = (from: number, to: number) =>
    edges.filter((edge) => edge.from === from && edge.to === to);
  const digits = Array.from({ length: 10 }, (_, digit) => digit);
  // Two strokes are not dropped together: each is by itself.
  assertEquals(of(0, 2).map(({ digit }) => digit), digits);
  assertEquals(of(0, 1).map(({ digit }) => digit), [...digits, undefined]);
  assertEquals(of(1, 2).map(({ count }) => count), [
    ...digits.map(() => 1),
    0,
  ]);
  assert(of(0, 1).every(({ candidate }) => candidate === candidates[0]));
});

Deno.test("latticeEdges() asks −ln of what the network says", () => {
  const parts = strokes([0, 0, 12, 40]);
  const candidates = findCandidates(parts, 40);
  const own = [...EVEN.slice(0, 8), 0.05, 0, 0.15];
  const prices = latticeEdges(parts, candidates, scores(1, own))
    .map(({ price }) => price);
  assertAlmostEquals(prices[0]!, -Math.log(0.1), 1e-6);
  assertAlmostEquals(prices[8]!, -Math.log(0.05), 1e-6);
  // As improbable as it may be, it is not impossible.
  assert(prices[9]! > prices[8]! && prices[9]! < 20);
  const drop = candidates[0]!.dropPrice!;
  assertAlmostEquals(prices[10]!, drop - Math.log(0.15), 1e-6);
});

Deno.test("latticeEdges() of a network of ten classes drops for the price of 0", () => {
  const parts = strokes([0, 0, 20, 40]);
  const candidates = findCandidates(parts, 40);
  const dropped = (own: number[]) =>
    latticeEdges(parts, candidates, scores(1, own)).at(-1)!.price;
  assertEquals(dropped(EVEN), dropped([...EVEN, 0]));
});

Deno.test("latticeEdges() asks for cuts, and more where they cross ink", () => {
  const priceAfter = (crossed: number | undefined) => {
    const parts = pieces([crossed!], [0, 0, 20, 40], [20, 0, 20, 40]);
    const candidates = findCandidates(parts, 40);
    const edges = latticeEdges(
      parts,
      candidates,
      scores(candidates.length, EVEN),
    );
    const first = edges.find(({ from }) => from === 0)!;
    return edges.find(({ from }) => from === 1)!.price - first.price;
  };
  assert(priceAfter(0) > 0);
  assert(priceAfter(0.4) > priceAfter(0.1));
  assertEquals(priceAfter(undefined), 0);
});

Deno.test("latticeEdges() asks for parting what stands above each other", () => {
  const priceOfSecond = (x: number) => {
    const parts = strokes([0, 0, 20, 18], [x, 20, 20, 20]);
    const candidates = findCandidates(parts, 40);
    const second = candidates.findIndex(({ from }) => from === 1);
    const edges = latticeEdges(
      parts,
      candidates,
      scores(candidates.length, EVEN),
    );
    const { price } = edges.find(({ from }) => from === 1)!;
    return price - candidates[second]!.price;
  };
  assert(priceOfSecond(0) > priceOfSecond(8));
  assertEquals(priceOfSecond(20), priceOfSecond(40));
});

Deno.test("findCandidates() says what a candidate was cut off", () => {
  const cut = pieces([0.1, 0.1], [0, 0, 9, 40], [9, 0, 9, 40], [18, 0, 9, 40]);
  const other: Part = { ...strokes([30, 0, 20, 40])[0]!, stroke: 1 };
  const rests = findCandidates([...cut, other], 40).map(
    ({ from, to, rest }) => [`${from}-${to}`, rest.map(({ x }) => x)],
  );
  assertEquals(rests, [
    ["0-1", [9, 18]],
    ["0-2", [18]],
    ["0-3", []],
    ["0-4", []],
    ["1-2", [0, 18]],
    ["1-3", [0]],
    ["1-4", [0]],
    ["2-3", [0, 9]],
    ["2-4", [0, 9]],
    ["3-4", []],
  ]);
});
