/**
 * A second look at what a reading rests on.
 *
 * Most candidates of a lattice are no digits, and one view of each tells so.
 * Those of the path that is chosen are a handful; where one is not sure, the
 * classifier looks at it for as long as it takes, and the row is read once more
 * with what it says.
 *
 * @module
 */

import type { GrayImage } from "../image/mod.ts";
import { choosePaths } from "./choose_paths.ts";
import type { Classifier } from "./classifier.ts";
import { type RowLattice, scoredLattice } from "./read_rows.ts";
import { scoreDrawings } from "./score_drawings.ts";

/**
 * What is as probable at first sight is not looked at again. Of 1,500 numbers
 * written with validation digits as many are right, to a number, as where all is.
 */
const SURE = 0.99;

/**
 * @param lattices Of the rows of `ink`, by one view of each candidate.
 * @param length Digits that are expected, if it is known.
 * @returns The same with the scores by all views of what is on the paths and not
 *   sure.
 */
export async function lookAgain(
  ink: GrayImage,
  lattices: RowLattice[],
  classify: Classifier,
  length?: number,
): Promise<RowLattice[]> {
  const paths = choosePaths(lattices.map(({ paths }) => paths), length);
  const unsure = lattices.map(({ candidates, scores }, row) => {
    const chosen = paths[row]?.edges.map(({ candidate }) => candidate);
    return candidates.filter((candidate, i) =>
      chosen?.includes(candidate) && Math.max(...scores[i]!) < SURE
    );
  });
  const fresh = await scoreDrawings(ink, unsure.flat(), classify);
  return lattices.map((lattice, row) => {
    if (unsure[row]!.length === 0) return lattice;
    const { candidates } = lattice;
    const scores = [...lattice.scores];
    for (const candidate of unsure[row]!) {
      scores[candidates.indexOf(candidate)] = fresh.shift()!;
    }
    return scoredLattice(lattice, candidates, scores);
  });
}
