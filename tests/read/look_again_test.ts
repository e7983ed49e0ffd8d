import { assert, assertEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import {
  choosePaths,
  lookAgain,
  readInk,
  readRows,
  type RowLattice,
  type StrokeRow,
} from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { inkedColumns, ruled } from "./ruled.ts";

/** Two stems that a thin line joins, and below a stem alone. */
const ink = uniform(300, 200, 0);
fillBox(ink, [100, 20, 10, 60], 255);
fillBox(ink, [110, 48, 8, 4], 255);
fillBox(ink, [118, 20, 14, 60], 255);
fillBox(ink, [20, 120, 10, 60], 255);

const ROWS: StrokeRow[] = findComponents(ink)
  .sort((a, b) => a.y - b.y)
  .map((stroke) => ({ strokes: [stroke], typical: 60 }));

/**
 * A stem is a 1 at first sight, and at the second a 7 or, where it is thin, a 4;
 * what is wider is none.
 */
const stems = (probability = 0.98) =>
  ruled((drawing, oneView) => {
    const columns = inkedColumns(drawing);
    if (columns >= 9) return undefined;
    if (oneView) return 1;
    return columns < 6 ? 4 : 7;
  }, probability);

const pathsOf = (lattices: RowLattice[], length?: number) =>
  choosePaths(lattices.map(({ paths }) => paths), length);

const digitsOf = (lattices: RowLattice[]) =>
  pathsOf(lattices).map((path) =>
    path!.edges.flatMap(({ digit }) => digit === undefined ? [] : [digit])
  );

for (const length of [undefined, 1]) {
  Deno.test(`lookAgain() scores what is on the paths, length ${length}`, async () => {
    const { classify, secondLooks } = stems();
    const quick = await readRows(ink, ROWS, classify);
    const lattices = await lookAgain(ink, quick, classify, length);
    const chosen = pathsOf(quick, length).map((path) =>
      path!.edges.map(({ candidate }) => candidate)
    );
    // Of all rows together.
    assertEquals(secondLooks, [chosen.flat().length]);
    for (const [row, { candidates, scores }] of lattices.entries()) {
      for (const [i, candidate] of candidates.entries()) {
        const isChosen = chosen[row]!.includes(candidate);
        assertEquals(scores[i] !== quick[row]!.scores[i], isChosen);
      }
    }
    assert(lattices[0]!.candidates.length > chosen[0]!.length);
  });
}

Deno.test("lookAgain() reads the rows by what it saw", async () => {
  const { classify } = stems();
  const quick = await readRows(ink, ROWS, classify);
  assertEquals(digitsOf(quick), [[1, 1], [1]]);
  const lattices = await lookAgain(ink, quick, classify);
  assertEquals(digitsOf(lattices), [[4, 7], [4]]);
});

Deno.test("readInk() looks again at the paths of the length that is expected", async () => {
  for (const [length, looks] of [[undefined, 3], [1, 2]] as const) {
    const { classify, secondLooks } = stems();
    await readInk(ink, classify, length);
    assertEquals(secondLooks[0], looks);
  }
});

Deno.test("lookAgain() leaves what is sure at first sight", async () => {
  const { classify, secondLooks } = stems(0.995);
  const quick = await readRows(ink, ROWS, classify);
  assertEquals(await lookAgain(ink, quick, classify), quick);
  assertEquals(secondLooks, []);
});

Deno.test("lookAgain() has nothing to look at where there are no rows", async () => {
  const { classify, calls, secondLooks } = stems();
  assertEquals(await lookAgain(ink, [], classify), []);
  assertEquals([calls, secondLooks], [[], []]);
});
