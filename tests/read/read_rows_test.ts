import { assert, assertEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import { readRows, type RowLattice, type StrokeRow } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { boxOf } from "./components.ts";
import { inkedColumns, ruled } from "./ruled.ts";

type Box = [x: number, y: number, width: number, height: number];

/** Ink with boxes, and its strokes as one row of digits 60 px high. */
function row(...boxes: Box[]) {
  const ink = uniform(300, 100, 0);
  for (const box of boxes) fillBox(ink, box, 255);
  const strokes = findComponents(ink).sort((a, b) => a.x - b.x);
  return { ink, rows: [{ strokes, typical: 60 }] satisfies StrokeRow[] };
}

/** Two stems that a thin line joins at half their height. */
const PAIR: Box[] = [[100, 20, 10, 60], [110, 48, 8, 4], [118, 20, 14, 60]];

/** A 1 for a stem; everything wider is no digit. */
const stems = () =>
  ruled((drawing) => inkedColumns(drawing) < 9 ? 1 : undefined);

const cheapest = ({ paths }: RowLattice) =>
  paths.filter((path) => path !== undefined)
    .reduce((best, path) => path.price < best.price ? path : best);

Deno.test("readRows() does not cut what is read without cuts", async () => {
  const { ink, rows } = row([20, 20, 10, 60], [70, 20, 12, 60]);
  const { classify, calls } = stems();
  const [lattice] = await readRows(ink, rows, classify);
  assertEquals(lattice!.parts.map(({ component }) => boxOf(component)), [
    [20, 20, 10, 60],
    [70, 20, 12, 60],
  ]);
  assertEquals(cheapest(lattice!).edges.map(({ digit }) => digit), [1, 1]);
  assertEquals(calls, [2]);
});

Deno.test("readRows() cuts a pair that touches", async () => {
  const { ink, rows } = row([20, 20, 10, 60], ...PAIR);
  const [lattice] = await readRows(ink, rows, stems().classify);
  const { edges } = cheapest(lattice!);
  assertEquals(
    edges.filter(({ digit }) => digit !== undefined).map(({ digit }) => digit),
    [1, 1, 1],
  );
  // Before the pair, in its first stem, and in its second one.
  const lefts = edges.filter(({ digit }) => digit === 1)
    .map(({ candidate }) => candidate.component.x);
  assertEquals(lefts.slice(0, 2), [20, 100]);
  assert(lefts[2]! >= 108 && lefts[2]! <= 118, `${lefts[2]}`);
  assertEquals(new Set(lattice!.parts.map(({ stroke }) => stroke)).size, 2);
  assertEquals(lattice!.parts[0]!.crossed, undefined);
  const crossed = lattice!.parts.filter(({ crossed }) => crossed !== undefined);
  assert(crossed.length > 0);
});

Deno.test("readRows() scores each drawing once, in two calls at most", async () => {
  const { ink, rows } = row([20, 20, 10, 60], ...PAIR);
  const { classify, calls } = stems();
  const [lattice] = await readRows(ink, rows, classify);
  assertEquals(calls.length, 2);
  // The stem, the pair: the lattice with the cuts holds both as well.
  assertEquals(calls[0], 2);
  const keys = lattice!.candidates.map(({ component }) =>
    [...boxOf(component), component.area].join(" ")
  );
  assertEquals(calls[0]! + calls[1]!, new Set(keys).size);
});

Deno.test("readRows() reads several rows in the same calls, in their order", async () => {
  const { ink, rows: [all] } = row([20, 20, 10, 60], ...PAIR);
  const [first, second] = all!.strokes;
  const rows = [
    { strokes: [second!], typical: 60 },
    { strokes: [first!], typical: 60 },
    { strokes: [], typical: 60 },
  ];
  const { classify, calls } = stems();
  const lattices = await readRows(ink, rows, classify);
  assertEquals(calls.length, 2);
  const digits = lattices.map((lattice) =>
    lattice.parts.length > 0 &&
    cheapest(lattice).edges.filter(({ digit }) => digit === 1).length
  );
  assertEquals(digits, [2, 1, false]);
});

Deno.test("readRows() keeps a low stroke whole", async () => {
  const { ink, rows } = row([20, 20, 10, 60], [60, 50, 40, 8]);
  const [lattice] = await readRows(ink, rows, stems().classify);
  assertEquals(lattice!.parts.map(({ component }) => boxOf(component)), [
    [20, 20, 10, 60],
    [60, 50, 40, 8],
  ]);
});

Deno.test("readRows() of no rows calls no classifier", async () => {
  const { classify, calls } = stems();
  assertEquals(await readRows(uniform(9, 9, 0), [], classify), []);
  assertEquals(calls, []);
});
