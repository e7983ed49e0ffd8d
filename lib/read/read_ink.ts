/**
 * Reads a picture's ink, whichever way it is turned.
 *
 * @module
 */

import { type GrayImage, orientImage } from "../image/mod.ts";
import type { Path } from "./best_path.ts";
import { choosePaths } from "./choose_paths.ts";
import type { Classifier } from "./classifier.ts";
import { sharedWidth } from "./boxes.ts";
import { findStrokes } from "./find_strokes.ts";
import type { ReadEdge } from "./lattice.ts";
import { lookAgain } from "./look_again.ts";
import { readRows, type RowLattice } from "./read_rows.ts";
import { rowStrokes } from "./row_strokes.ts";
import { scoreDrawings } from "./score_drawings.ts";
import { LEAST_DIGIT } from "./_digit_size.ts";

/** Index of what is no digit, behind the ten digits. */
const NO_DIGIT = 10;

/** A row as it is read. */
export interface InkRow extends RowLattice {
  path: Path<ReadEdge> | undefined;
  /** What the path takes for digits. */
  digits: InkDigit[];
  /**
   * Mean probability over what is as large as a digit that it is one, 0…1;
   * where it is low, the row is no row of digits.
   */
  quality: number;
  /** The same of its being the digit that is read. */
  certainty: number;
  /** The same of both together: lower than either where the row is of letters. */
  soundness: number;
}

/** A digit of the path. */
export interface InkDigit {
  edge: ReadEdge;
  /** The share of all paths that read this digit at this place, 0…1. */
  confidence: number;
  /** What the classifier says of its being a digit at all, 0…1. */
  digitness: number;
}

/** Ink and what was read off it. */
export interface ReadInk {
  /** Turned upright. */
  ink: GrayImage;
  /** Degrees, clockwise. */
  turned: 0 | 90 | 180 | 270;
  rows: InkRow[];
  /** As that of a row, over all of them; 0 where there is none. */
  certainty: number;
}

/** EXIF orientations that turn by 90°, 270° and 180°. */
const TURNS = [[90, 6], [270, 8], [180, 3]] as const;

/** Certainty from which on a picture is not tried the other ways around. */
const UPRIGHT = 0.85;

/**
 * How much better a turned picture must read, and how much more where there is
 * one digit: several that touch may look like one on its side.
 */
const CLEARLY = 0.1;
const CLEARLY_ALONE = 1.2;

/** Strokes, the largest ones, that tell which way around is worth reading. */
const MOST_TRIED = 40;

/** Of so many things as large as digits, as many must be read for sure. */
const MANY = 10;
const LEAST_CERTAINTY = 0.6;

/**
 * @param ink 0 is paper.
 * @param length Digits that are expected, if it is known.
 */
export async function readInk(
  ink: GrayImage,
  classify: Classifier,
  length?: number,
): Promise<ReadInk> {
  const upright = await readTurned(ink, 0, classify, length);
  if (upright.certainty >= UPRIGHT) {
    return upright;
  }
  let best = { ink, turned: 0 as ReadInk["turned"], looks: -Infinity };
  best.looks = await looksLikeDigits(ink, classify);
  for (const [turned, orientation] of TURNS) {
    const image = orientImage(ink, orientation);
    const looks = await looksLikeDigits(image, classify);
    if (looks > best.looks) best = { ink: image, turned, looks };
  }
  if (best.turned === 0) return upright;
  const read = await readTurned(best.ink, best.turned, classify, length);
  const digits = read.rows.reduce((sum, row) => sum + row.digits.length, 0);
  const margin = CLEARLY + CLEARLY_ALONE / Math.max(1, digits);
  return read.certainty > upright.certainty + margin ? read : upright;
}

/** Mean probability of the best digit over the largest strokes as they are. */
async function looksLikeDigits(
  ink: GrayImage,
  classify: Classifier,
): Promise<number> {
  const strokes = findStrokes(ink).strokes
    .toSorted((a, b) => b.height * b.width - a.height * a.width)
    .slice(0, MOST_TRIED);
  if (strokes.length === 0) return 0;
  const drawn = strokes.map((component) => ({ component, rest: [] }));
  const scores = await scoreDrawings(ink, drawn, classify, { oneView: true });
  return scores.reduce(
    (sum, own) => sum + Math.max(...own.subarray(0, 10)) / strokes.length,
    0,
  );
}

async function readTurned(
  ink: GrayImage,
  turned: ReadInk["turned"],
  classify: Classifier,
  length: number | undefined,
): Promise<ReadInk> {
  const { strokes, typical } = findStrokes(ink);
  const quick = await readRows(ink, rowStrokes(strokes, typical), classify);
  const lattices = await lookAgain(ink, quick, classify, length);
  const paths = choosePaths(lattices.map(({ paths }) => paths), length);
  const rows = lattices.map((lattice, i) => followPath(lattice, paths[i]));
  let large = 0;
  let certain = 0;
  for (const row of rows) {
    const count = countLarge(row);
    large += count;
    certain += row.certainty * count;
  }
  const certainty = large === 0 ? 0 : certain / large;
  // A picture of other things, of which some look like digits.
  const isClutter = large >= MANY && certainty < LEAST_CERTAINTY;
  return { ink, turned, rows: isClutter ? [] : rows, certainty };
}

function followPath(
  lattice: RowLattice,
  path: Path<ReadEdge> | undefined,
): InkRow {
  const digits = (path?.edges ?? [])
    .filter(({ digit }) => digit !== undefined)
    .map((edge): InkDigit => ({
      edge,
      confidence: confidenceIn(edge, lattice),
      digitness: digitnessIn(edge, lattice),
    }));
  const row = { ...lattice, path, digits };
  const large = Math.max(1, countLarge(row));
  const mean = (of: (digit: InkDigit) => number) =>
    digits.reduce((sum, digit) => sum + of(digit), 0) / large;
  return {
    ...row,
    quality: mean(({ digitness }) => digitness),
    certainty: mean(({ confidence }) => confidence),
    soundness: mean(({ digitness, confidence }) => digitness * confidence),
  };
}

/** Digits of the path, and what it drops although it is as large as one. */
function countLarge(
  { path, digits, typical }: Pick<InkRow, "path" | "digits" | "typical">,
) {
  const dropped = (path?.edges ?? []).filter(({ digit, candidate }) =>
    digit === undefined && candidate.component.height >= LEAST_DIGIT * typical
  );
  return digits.length + dropped.length;
}

function confidenceIn(
  edge: ReadEdge,
  { edges, shares }: RowLattice,
): number {
  const box = edge.candidate.component;
  let confidence = 0;
  for (const [i, { digit, candidate }] of edges.entries()) {
    if (digit !== edge.digit) continue;
    const other = candidate.component;
    const shared = sharedWidth(box, other);
    // No path has two of those.
    if (shared > 0.5 * (box.width + other.width - shared)) {
      confidence += shares[i]!;
    }
  }
  return Math.min(1, confidence);
}

/** 1 where the classifier knows digits only. */
function digitnessIn(
  { candidate }: ReadEdge,
  { candidates, scores }: RowLattice,
): number {
  return 1 - (scores[candidates.indexOf(candidate)]![NO_DIGIT] ?? 0);
}
