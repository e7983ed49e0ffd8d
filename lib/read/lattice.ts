/**
 * The lattice of a row: all the ways to make digits of its strokes.
 *
 * The row's strokes, and the pieces that they may be cut into, stand in order
 * from left to right. A candidate is a run of neighbors that may be one digit.
 * Each step of a path takes a candidate as a digit or drops it as none, so a
 * path tells every stroke what it is. What a step costs: −ln of what the
 * classifier says, and prices for shapes that digits of one row seldom have.
 *
 * @module
 */

import { type Component, unionComponent } from "../image/mod.ts";
import type { Edge } from "./best_path.ts";
import { boxGap, sharedWidth } from "./boxes.ts";

/** A stroke, or a piece of one. */
export interface Part {
  component: Component;
  /** Index of its stroke in the row. */
  stroke: number;
  /** As in `Piece`; undefined for the first of a stroke. */
  crossed: number | undefined;
}

/** Neighbors that may be one digit. */
export interface Candidate {
  /** Index of the first part. */
  from: number;
  /** Index behind the last part. */
  to: number;
  component: Component;
  /** What it was cut off. */
  rest: Component[];
  /** Of its shape. */
  price: number;
  /** Of dropping it; undefined where a part of a stroke would stay behind. */
  dropPrice: number | undefined;
}

/** A candidate that was taken for a digit, or dropped. */
export interface ReadEdge extends Edge {
  candidate: Candidate;
  /** 0…9; undefined where it was dropped. */
  digit: number | undefined;
}

/** Most parts of a digit. */
const MOST_PARTS = 11;

/** Greatest gap between strokes of one digit, in heights of the row's digits. */
const MOST_GAP = 0.3;

/** Greatest width and height of a digit, in heights of the row's digits. */
const MOST_WIDTH = 1.5;
const MOST_HEIGHT = 1.9;

/**
 * Prices, in nats. Chosen by the share of made numbers that are read right,
 * written with validation digits.
 */
export const PRICES = {
  /** Of a gap as large as the row's digits between strokes of one digit. */
  gap: 4,
  /** ln of the ratio to the row's height up to which nothing is strange. */
  freeHeight: 0.1,
  /** Of each square beyond it. */
  height: 7,
  /** Width, in heights of the row's digits, up to which nothing is strange. */
  freeWidth: 0.45,
  /** Of each square beyond it. */
  width: 8,
  /** Of a cut. */
  cut: 0.17,
  /** Of a cut through as much ink as what is cut is high. */
  cross: 2.1,
  /** Shared part of the narrower width up to which strokes part freely. */
  freeOverlap: 0.06,
  /** Of parting strokes that share all of it beyond that. */
  overlap: 0.5,
  /** Of dropping a speck. */
  dropSpeck: 0.15,
  /** Of dropping a stroke as large as the row's digits. */
  dropStroke: 4.7,
  /** Of dropping a piece of a stroke. */
  dropPiece: 7,
};

/** Nothing is less probable than that: the classifier is not so sure either. */
const LEAST_PROBABILITY = 1e-4;

const DIGITS = 10;

/**
 * The candidates of a row.
 *
 * @param parts From left to right.
 * @param typical Height of the row's digits, in pixels.
 */
export function findCandidates(parts: Part[], typical: number): Candidate[] {
  const candidates: Candidate[] = [];
  for (let from = 0; from < parts.length; from++) {
    let gaps = 0;
    const { stroke } = parts[from]!;
    // However many pieces it is cut into, a stroke may be one digit, or none.
    const next = parts.findIndex((part, i) =>
      i > from && part.stroke !== stroke
    );
    const own = next < 0 ? parts.length : next;
    const end = Math.min(parts.length, Math.max(own, from + MOST_PARTS));
    for (let to = from + 1; to <= end; to++) {
      const members = parts.slice(from, to).map(({ component }) => component);
      if (to > from + 1 && parts[to - 1]!.crossed === undefined) {
        const others = members.slice(0, -1);
        const last = members.at(-1)!;
        const gap = Math.min(...others.map((other) => boxGap(other, last)));
        if (gap > MOST_GAP * typical) break;
        gaps += gap / typical;
      }
      const component = unionComponent(members);
      const isLone = to === from + 1;
      if (
        !isLone && (component.width > MOST_WIDTH * typical ||
          component.height > MOST_HEIGHT * typical)
      ) continue;
      candidates.push({
        from,
        to,
        component,
        rest: restOf(parts, from, to),
        price: shapePrice(component, typical) + PRICES.gap * gaps,
        dropPrice: dropPrice(parts, from, to, component, typical),
      });
    }
  }
  return candidates;
}

/**
 * The steps of the lattice.
 *
 * @param scores What the classifier says of each candidate: ten probabilities,
 *   and an eleventh that it is no digit where the network knows such.
 */
export function latticeEdges(
  parts: Part[],
  candidates: Candidate[],
  scores: Float32Array[],
): ReadEdge[] {
  return candidates.flatMap((candidate, i): ReadEdge[] => {
    const { from, to, price, dropPrice } = candidate;
    const parting = partingPrice(parts, from);
    const priceOf = (probability: number) =>
      parting - Math.log(Math.max(probability, LEAST_PROBABILITY));
    const own = scores[i]!;
    const edges: ReadEdge[] = Array.from({ length: DIGITS }, (_, digit) => ({
      from,
      to,
      candidate,
      digit,
      price: price + priceOf(own[digit]!),
      count: 1,
    }));
    if (dropPrice === undefined) return edges;
    const dropped = dropPrice + priceOf(own[DIGITS] ?? 0);
    return [
      ...edges,
      { from, to, candidate, digit: undefined, price: dropped, count: 0 },
    ];
  });
}

/** The other pieces of the strokes that a candidate begins and ends with. */
function restOf(parts: Part[], from: number, to: number): Component[] {
  const first = parts[from]!.stroke;
  const last = parts[to - 1]!.stroke;
  return parts.flatMap(({ stroke, component }, i) =>
    i < from && stroke === first || i >= to && stroke === last
      ? [component]
      : []
  );
}

function shapePrice({ width, height }: Component, typical: number): number {
  const strange = Math.abs(Math.log(height / typical)) - PRICES.freeHeight;
  const wide = width / typical - PRICES.freeWidth;
  return PRICES.height * Math.max(0, strange) ** 2 +
    PRICES.width * Math.max(0, wide) ** 2;
}

/** Of the border between a part and the one on its left. */
function partingPrice(parts: Part[], at: number): number {
  if (at === 0) return 0;
  const { component, crossed } = parts[at]!;
  if (crossed !== undefined) return PRICES.cut + PRICES.cross * crossed;
  const before = parts[at - 1]!.component;
  const least = Math.min(before.width, component.width);
  const shared = sharedWidth(before, component) / least - PRICES.freeOverlap;
  return PRICES.overlap * Math.max(0, shared);
}

function dropPrice(
  parts: Part[],
  from: number,
  to: number,
  { width, height }: Component,
  typical: number,
): number | undefined {
  const isWhole = parts[from]!.crossed === undefined &&
    parts[to]?.crossed === undefined &&
    parts[from]!.stroke === parts[to - 1]!.stroke;
  if (isWhole) {
    const size = Math.max(Math.min(1, height / typical), width / typical);
    return PRICES.dropSpeck + (PRICES.dropStroke - PRICES.dropSpeck) * size;
  }
  return to === from + 1 ? PRICES.dropPiece : undefined;
}
