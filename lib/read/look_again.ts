/**
 * A second look at what a reading rests on.
 *
 * Most candidates of a lattice are no digits, and one view of each tells so.
 * Those of the path that is chosen are a handful; the classifier looks at them
 * for as long as it takes, and the row is read once more with what it says.
 *
 * @module
 */

import type { GrayImage } from "../image/mod.ts";
import { choosePaths } from "./choose_paths.ts";
import type { Classifier } from "./classifier.ts";
import { type RowLattice, scoredLattice } from "./read_rows.ts";
import { scoreDrawings } from "./score_drawings.ts";

/**
 * @param lattices Of the rows of `ink`, by one view of each candidate.
 * @param length Digits that are expected, if it is known.
 * @returns The same with the scores of what is on the paths by all views.
 */
export async function lookAgain(
  ink: GrayImage,
  lattices: RowLattice[],
  classify: Classifier,
  length?: number,
): Promise<RowLattice[]> {
  const paths = choosePaths(lattices.map(({ paths }) => paths), length);
  const chosen = paths.map((path) =>
    (path?.edges ?? []).map(({ candidate }) => candidate)
  );
  const scores = await scoreDrawings(ink, chosen.flat(), classify);
  return lattices.map((lattice, row) => {
    const fresh = new Map(
      chosen[row]!.map((candidate) => [candidate, scores.shift()!]),
    );
    const all = lattice.candidates.map((candidate, i) =>
      fresh.get(candidate) ?? lattice.scores[i]!
    );
    return scoredLattice(lattice, lattice.candidates, all);
  });
}
