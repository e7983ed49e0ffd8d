/**
 * Reads rows of strokes: the best path through the lattice of each.
 *
 * Whatever can be read without a cut is; only strokes that are no digit by
 * themselves or with their neighbors, or too wide for one, are cut, and the
 * row is read again with their pieces.
 *
 * @module
 */

import type { Component, GrayImage } from "../image/mod.ts";
import { bestPaths, edgeShares, type Path } from "./best_path.ts";
import type { Classifier } from "./classifier.ts";
import { cutComponent } from "./cut_component.ts";
import { findCuts } from "./find_cuts.ts";
import {
  type Candidate,
  findCandidates,
  latticeEdges,
  type Part,
  type ReadEdge,
} from "./lattice.ts";
import type { StrokeRow } from "./row_strokes.ts";
import { type Drawn, scoreDrawings } from "./score_drawings.ts";

/** A row and the ways to read it. */
export interface RowLattice {
  typical: number;
  parts: Part[];
  candidates: Candidate[];
  /** What the classifier says of each candidate, [classes]. */
  scores: Float32Array[];
  edges: ReadEdge[];
  /** The share of all paths' weight that goes through each edge. */
  shares: Float64Array;
  /** The cheapest path by its number of digits. */
  paths: (Path<ReadEdge> | undefined)[];
}

/** Least share of a stroke's best digit for it not to be cut. */
const SAFE = 0.95;

/** The same for one that is wider than so many of its heights: it may be two. */
const SAFE_WIDE = 0.995;
const WIDE = 0.85;

/**
 * Builds the lattices of all rows, with the classifier called twice at most, for
 * one view of each candidate.
 */
export async function readRows(
  ink: GrayImage,
  rows: StrokeRow[],
  classify: Classifier,
): Promise<RowLattice[]> {
  const scorer = new Scorer(ink, classify);
  const whole = rows.map(({ strokes, typical }) => ({
    typical,
    parts: strokes.map((component, stroke): Part => ({
      component,
      stroke,
      crossed: undefined,
    })),
  }));
  const first = await buildLattices(whole, scorer);
  const cut = first.map((lattice) => ({
    typical: lattice.typical,
    parts: cutUnsafe(lattice),
  }));
  const isCut = cut.map(({ parts }, i) =>
    parts.length > first[i]!.parts.length
  );
  const second = await buildLattices(cut.filter((_, i) => isCut[i]), scorer);
  return first.map((lattice, i) => isCut[i] ? second.shift()! : lattice);
}

/** Scores each drawing once. */
class Scorer {
  readonly #ink: GrayImage;
  readonly #classify: Classifier;
  readonly #known = new Map<string, Float32Array>();

  constructor(ink: GrayImage, classify: Classifier) {
    this.#ink = ink;
    this.#classify = classify;
  }

  async score(drawn: Drawn[]): Promise<Float32Array[]> {
    const unknown = new Map<string, Drawn>();
    for (const each of drawn) {
      const key = keyOf(each.component);
      if (!this.#known.has(key)) unknown.set(key, each);
    }
    if (unknown.size > 0) {
      const fresh = await scoreDrawings(
        this.#ink,
        [...unknown.values()],
        this.#classify,
        { oneView: true },
      );
      for (const key of unknown.keys()) this.#known.set(key, fresh.shift()!);
    }
    return drawn.map(({ component }) => this.#known.get(keyOf(component))!);
  }
}

function keyOf({ x, y, width, height, area }: Component): string {
  return `${x} ${y} ${width} ${height} ${area}`;
}

async function buildLattices(
  rows: { typical: number; parts: Part[] }[],
  scorer: Scorer,
): Promise<RowLattice[]> {
  const candidates = rows.map(({ parts, typical }) =>
    findCandidates(parts, typical)
  );
  const scores = await scorer.score(candidates.flat());
  return rows.map((row, i): RowLattice => {
    const own = candidates[i]!;
    return scoredLattice(row, own, scores.splice(0, own.length));
  });
}

/** The lattice of a row where the classifier says that of its candidates. */
export function scoredLattice(
  { typical, parts }: Pick<RowLattice, "typical" | "parts">,
  candidates: Candidate[],
  scores: Float32Array[],
): RowLattice {
  const edges = latticeEdges(parts, candidates, scores);
  return {
    typical,
    parts,
    candidates,
    scores,
    edges,
    shares: edgeShares(parts.length, edges),
    paths: bestPaths(parts.length, edges),
  };
}

/** The parts of a row, with pieces in place of strokes that are not safe. */
function cutUnsafe({ typical, parts, edges, shares }: RowLattice): Part[] {
  const isSafe = parts.map(() => false);
  for (const [i, { digit, from, to, candidate }] of edges.entries()) {
    const { width, height } = candidate.component;
    const least = width > WIDE * height ? SAFE_WIDE : SAFE;
    if (digit === undefined || shares[i]! < least) continue;
    isSafe.fill(true, from, to);
  }
  return parts.flatMap((part, i): Part[] => {
    const { component, stroke } = part;
    if (isSafe[i] || component.height < typical / 2) return [part];
    return cutComponent(component, findCuts(component)).map((piece, index) => ({
      component: piece.component,
      stroke,
      crossed: index === 0 ? undefined : piece.crossed,
    }));
  });
}
