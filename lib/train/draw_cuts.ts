/**
 * Draws what a reader finds where digits touch: pieces along seams, alone and
 * together, of which some are a digit and most are none.
 *
 * @module
 */

import {
  type Component,
  drawDigit,
  findComponents,
  type GrayImage,
  threshold,
} from "../image/mod.ts";
import { NO_DIGIT } from "../model/mod.ts";
import type { Random } from "../random/mod.ts";
import {
  type Candidate,
  cutComponent,
  findCandidates,
  findCuts,
  type Part,
} from "../read/mod.ts";
import { writeString, type WrittenString } from "../synth/mod.ts";
import { imageAt } from "./_canvas.ts";
import type { LabeledImages } from "./draw_no_digit.ts";

/** An example and what it is. */
export interface CutExample {
  /** 28×28. */
  image: GrayImage;
  /** 0…9 or `NO_DIGIT`. */
  label: number;
}

/** Of the digits that are written, in pixels. */
const HEIGHTS = [36, 56] as const;

/** Share of numbers that have three digits, not two. */
const THREE = 0.35;

/** Ink from which on a pixel belongs to a stroke. */
const INK = 128;

/**
 * Pixels that a candidate has in common with a digit, as a part of those that
 * either has: from here on it is that digit, and below it is none. What lies
 * between is not shown, as people would not agree on it.
 */
const SAME = 0.8;
const OTHER = 0.65;

/**
 * The same as a part of what the best candidate for that digit has: a thin one
 * loses a third to any cut, and is to be read all the same.
 */
const SAME_AS_BEST = 0.95;
const OTHER_THAN_BEST = 0.8;

/** What even the best candidate must have in common with its digit. */
const LEAST_BEST = 0.5;

/** Most examples of either kind that one number gives. */
const MOST = 2;

/** Numbers that are written until one gives an example. */
const MOST_TRIES = 50;

/** Least height of what is shown, as a part of the digits'. */
const LEAST_HEIGHT = 0.4;

/**
 * Writes digits that touch, cuts them as the reader does, and draws some of the
 * candidates as it would: as many digits as others, if there are as many.
 *
 * @param digits What is written, at least one.
 * @returns At least one; where none has ink enough, the first digit itself.
 */
export function drawCuts(
  digits: LabeledImages,
  random: Random,
): CutExample[] {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const written = writeTouching(digits, random);
    if (written.digits.length === 0) continue;
    const ink = toGray(written);
    const { digits: found, others } = judgeCandidates(written, ink);
    const draw = ({ candidate }: Judged) =>
      drawDigit(ink, candidate.component, candidate.rest);
    const chosen = [
      // Not any two candidates: a thin digit has few, and would be seen less.
      ...choose(found, random).map((list): CutExample => {
        const one = list[Math.floor(random.next() * list.length)]!;
        return { image: draw(one), label: Number(written.text[one.digit]) };
      }),
      ...choose(others, random).map((one): CutExample => ({
        image: draw(one),
        label: NO_DIGIT,
      })),
    ];
    if (chosen.length > 0) return chosen;
  }
  return [{ image: imageAt(digits.images, 0), label: digits.labels[0]! }];
}

/** A candidate and the digit that it has most in common with. */
interface Judged {
  candidate: Candidate;
  /** Its place among those that are written. */
  digit: number;
  /** What they have in common, as a part of what either has. */
  share: number;
}

/** Those that are a digit, in a list for each that has any, and the others. */
function judgeCandidates(
  written: WrittenString,
  ink: GrayImage,
): { digits: Judged[][]; others: Judged[] } {
  const typical = Math.max(...written.digits.map(heightOf));
  const owners = ownersOf(written);
  const judged = findCandidates(cutAll(ink), typical)
    .filter(({ component }) => component.height >= LEAST_HEIGHT * typical)
    .map((candidate): Judged => ({
      candidate,
      ...owners.nearest(candidate.component),
    }));
  const own = written.digits.map((_, i) =>
    judged.filter(({ digit }) => digit === i)
  );
  const best = own.map((list) => Math.max(...list.map(({ share }) => share)));
  const same = best.map((share) =>
    Math.max(LEAST_BEST, Math.min(SAME, SAME_AS_BEST * share))
  );
  const other = best.map((share) => Math.min(OTHER, OTHER_THAN_BEST * share));
  return {
    digits: own
      .map((list) => list.filter(({ digit, share }) => share >= same[digit]!))
      .filter((list) => list.length > 0),
    others: judged.filter(({ digit, share }) => share < other[digit]!),
  };
}

/** Takes some out of a list. */
function choose<T>(list: T[], random: Random): T[] {
  const count = Math.min(MOST, list.length);
  return Array.from(
    { length: count },
    () => list.splice(Math.floor(random.next() * list.length), 1)[0]!,
  );
}

/** Two or three digits of which some touch, in a hand of its own. */
function writeTouching(digits: LabeledImages, random: Random): WrittenString {
  const between = (least: number, most: number) =>
    least + (most - least) * random.next();
  const digitHeight = between(...HEIGHTS);
  return writeString(digits, {
    length: random.next() < THREE ? 3 : 2,
    digitHeight,
    // How deep they touch.
    penWidth: digitHeight * between(0.05, 0.2),
    ownEdge: between(0.2, 0.6),
    slant: between(-0.3, 0.3),
    tilt: between(-0.08, 0.08),
    gap: Math.max(3, digitHeight * between(0.05, 0.2)),
    touching: true,
  }, random);
}

function toGray({ ink: { width, height, data } }: WrittenString): GrayImage {
  const gray = new Uint8Array(data.length);
  for (let i = 0; i < gray.length; i++) gray[i] = 255 * data[i]!;
  return { width, height, data: gray };
}

function heightOf({ ink }: WrittenString["digits"][number]): number {
  const isInk = (part: number) => part > 0.5;
  const first = Math.floor(ink.data.findIndex(isInk) / ink.width);
  return Math.floor(ink.data.findLastIndex(isInk) / ink.width) + 1 - first;
}

/** All strokes, each as the pieces between all of its seams. */
function cutAll(ink: GrayImage): Part[] {
  return findComponents(threshold(ink, INK))
    .sort((a, b) => a.x + a.width / 2 - b.x - b.width / 2)
    .flatMap((component, stroke) =>
      cutComponent(component, findCuts(component)).map((piece, i): Part => ({
        component: piece.component,
        stroke,
        crossed: i === 0 ? undefined : piece.crossed,
      }))
    );
}

/** Tells whose ink a candidate has. */
function ownersOf({ ink, digits }: WrittenString) {
  const owners = new Int8Array(ink.data.length).fill(-1);
  const most = new Float32Array(ink.data.length);
  for (const [digit, { ink: own, x, y }] of digits.entries()) {
    own.data.forEach((covered, i) => {
      if (covered <= 0.5) return;
      const row = y + Math.floor(i / own.width);
      const at = row * ink.width + x + i % own.width;
      if (covered <= most[at]!) return;
      most[at] = covered;
      owners[at] = digit;
    });
  }
  const sizes = digits.map((_, digit) =>
    owners.reduce((sum, owner) => sum + Number(owner === digit), 0)
  );
  return {
    nearest({ runs, area }: Component): Omit<Judged, "candidate"> {
      const own = digits.map(() => 0);
      for (let run = 0; run < runs.length; run += 3) {
        const row = runs[run]! * ink.width;
        for (let x = runs[run + 1]!; x < runs[run + 2]!; x++) {
          const owner = owners[row + x]!;
          if (owner >= 0) own[owner]!++;
        }
      }
      const shares = own.map((count, digit) =>
        count / (area + sizes[digit]! - count)
      );
      const share = Math.max(...shares);
      return { digit: shares.indexOf(share), share };
    },
  };
}
