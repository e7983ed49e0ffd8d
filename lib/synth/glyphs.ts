/**
 * Shapes of letters and signs, and of digits as other hands than MNIST's write
 * them: in Europe a 1 has an upstroke and a 7 may have a bar.
 *
 * @module
 */

import type { Random } from "../random/mod.ts";
import type { Stroke } from "./draw_strokes.ts";

/**
 * Strokes by the corners that they go through, in a box of width and height 1;
 * `~` rounds the corners.
 */
const LETTERS: Record<string, string[]> = {
  A: ["0,1 .5,0 1,1", ".2,.6 .8,.6"],
  C: ["~1,.15 .6,-.1 0,.2 0,.8 .6,1.1 1,.85"],
  D: ["0,0 0,1", "~0,0 1.1,.05 1.1,.95 0,1"],
  E: ["1,0 0,0 0,1 1,1", "0,.5 .8,.5"],
  F: ["1,0 0,0 0,1", "0,.5 .8,.5"],
  H: ["0,0 0,1", "1,0 1,1", "0,.5 1,.5"],
  K: ["0,0 0,1", ".9,0 0,.55 1,1"],
  L: ["0,0 0,1 .8,1"],
  M: ["0,1 .05,0 .5,.6 .95,0 1,1"],
  N: ["0,1 0,0 1,1 1,0"],
  P: ["0,1 0,0", "~0,0 1.1,0 1.1,.55 0,.55"],
  R: ["0,1 0,0", "~0,0 1.1,0 1.1,.5 0,.5", ".3,.5 1,1"],
  T: ["0,0 1,0", ".5,0 .5,1"],
  U: ["~0,0 0,.9 .3,1.1 .8,1.05 1,.8 1,0"],
  V: ["0,0 .5,1 1,0"],
  W: ["0,0 .25,1 .5,.3 .75,1 1,0"],
  X: ["0,0 1,1", "1,0 0,1"],
  Y: ["0,0 .5,.5 1,0", ".5,.5 .5,1"],
  e: ["~0,.5 .9,.5 1,0 .2,-.1 -.1,.5 .2,1.1 .95,.9"],
  f: ["~1,.1 .7,-.1 .5,.2 .5,1", ".1,.45 .9,.45"],
  h: ["0,0 0,1", "~0,.6 .4,.4 .8,.5 .8,1"],
  k: ["0,0 0,1", ".7,.35 0,.65 .8,1"],
  m: ["0,1 0,.2", "~0,.4 .3,.1 .5,.3 .5,1", "~.5,.4 .8,.1 1,.3 1,1"],
  n: ["0,1 0,.1", "~0,.4 .4,0 .9,.1 .9,1"],
  r: ["0,1 0,0", "~0,.3 .3,0 .8,.05"],
  t: [".4,0 .4,.8 .8,1", "0,.3 .9,.3"],
  w: ["~0,0 .1,1 .5,1 .5,.3 .6,1 .9,1 1,0"],
  x: ["0,0 1,1", "1,0 0,1"],
  "+": ["0,.5 1,.5", ".5,0 .5,1"],
  "=": ["0,.3 1,.3", "0,.7 1,.7"],
  "-": ["0,.5 1,.5"],
  "#": [".3,0 .2,1", ".8,0 .7,1", "0,.35 1,.35", "0,.7 1,.7"],
  "%": [
    "1,0 0,1",
    "~.2,0 .4,.2 .2,.4 0,.2 .2,0",
    "~.8,.6 1,.8 .8,1 .6,.8 .8,.6",
  ],
  "?": ["~0,.3 .2,0 .8,0 .9,.35 .5,.5 .5,.75", ".5,.95 .5,1"],
  "!": [".5,0 .5,.7", ".5,.95 .5,1"],
  "<": ["1,0 0,.5 1,1"],
  ">": ["0,0 1,.5 0,1"],
  "*": ["0,.3 1,.7", "1,.3 0,.7", ".5,0 .5,1"],
  "@": ["~.7,.3 .4,.3 .3,.6 .6,.7 .7,.3 .8,.8 1,.5 .8,0 .2,0 0,.6 .3,1 .9,1"],
  box: ["0,0 1,0 1,1 0,1 0,0"],
  triangle: [".5,0 1,1 0,1 .5,0"],
  tick: ["0,.6 .35,1 1,0"],
  arrow: ["0,.5 1,.5", ".7,.2 1,.5 .7,.8"],
  heart: ["~.5,.3 .2,-.1 -.2,.3 .5,1", "~.5,.3 .8,-.1 1.2,.3 .5,1"],
  star: [".2,1 .5,0 .8,1 0,.35 1,.35 .2,1"],
};

/** Names of what `letterStrokes()` can draw. */
export const LETTER_NAMES: readonly string[] = Object.keys(LETTERS);

/**
 * A letter or sign that no digit looks like.
 *
 * @param size Of the box that it is drawn in, in pixels.
 */
export function letterStrokes(
  name: string,
  [width, height]: readonly [number, number],
  random: Random,
): Stroke[] {
  const wobble = () => 0.12 * (random.next() - 0.5);
  return LETTERS[name]!.map((text) => {
    const isRound = text.startsWith("~");
    const corners = text.replace("~", "").split(" ").map((pair) => {
      const [x, y] = pair.split(",").map(Number);
      return [(x! + wobble()) * width, (y! + wobble()) * height] as const;
    });
    return isRound ? rounded(corners) : corners;
  });
}

/**
 * A digit in a style that MNIST is short of.
 *
 * A 1 has an upstroke that comes clearly from below, and often a foot; a 7 is
 * flat on top, with or without a bar.
 *
 * @param digit One of `STYLED_DIGITS`.
 * @param height In pixels; the width follows.
 */
export function styledDigitStrokes(
  digit: number,
  height: number,
  random: Random,
): Stroke[] {
  const between = (low: number, high: number) =>
    low + (high - low) * random.next();
  const slant = between(-0.05, 0.3);
  const at = (x: number, y: number) =>
    [(x + slant * (1 - y)) * height, y * height] as const;
  switch (digit) {
    case 0: {
      const width = between(0.45, 0.8);
      return [
        rounded([
          at(width / 2, -0.05),
          at(0, 0),
          at(-0.05, 1),
          at(width, 1.05),
          at(width, 0),
          at(width / 3, -0.05),
        ]),
        [at(width, between(0, 0.2)), at(0, between(0.8, 1))],
      ];
    }
    case 1: {
      const length = between(0.12, 0.7);
      const angle = between(25, 60) * Math.PI / 180;
      const flag = at(
        -length * Math.sin(angle) - slant * length * Math.cos(angle),
        length * Math.cos(angle),
      );
      const strokes: Stroke[] = [[flag, at(0, 0), at(between(-0.04, 0.04), 1)]];
      if (random.next() < 0.4) {
        const foot = between(0.1, 0.3);
        strokes.push([at(-foot, 1), at(foot, between(0.97, 1.03))]);
      }
      return strokes;
    }
    case 4: {
      const width = between(0.4, 0.7);
      const level = between(0.5, 0.7);
      const top = at(between(0.1, 0.35) * width, 0);
      const stem = between(0.6, 0.85) * width;
      return [
        [top, at(0, level), at(width, level + between(-0.06, 0.06))],
        [at(stem, between(0, 0.45)), at(stem + between(-0.08, 0.05), 1)],
      ];
    }
    case 5: {
      const width = between(0.4, 0.65);
      const gap = between(0, 0.08);
      return [
        rounded([
          at(0.02, gap),
          at(0, 0.42),
          at(width, 0.35),
          at(width * 1.1, 0.95),
          at(width / 2, 1.05),
          at(-0.05, 0.9),
        ]),
        [at(0.02 + gap, 0), at(width + gap, between(-0.08, 0.04))],
      ];
    }
    case 7: {
      const width = between(0.4, 0.7);
      const foot = width * between(0.1, 0.5);
      const strokes: Stroke[] = [[
        at(0, between(-0.04, 0.06)),
        at(width, 0),
        at(foot, 1),
      ]];
      if (random.next() < 0.3) {
        strokes[0]!.unshift(at(0, between(0.08, 0.2)));
      }
      if (random.next() < 0.6) {
        const level = between(0.4, 0.6);
        const middle = width + (foot - width) * level;
        const half = between(0.12, 0.25);
        strokes.push([
          at(middle - half, level + between(-0.05, 0.05)),
          at(middle + half, level),
        ]);
      }
      return strokes;
    }
    default: {
      const width = between(0.35, 0.6);
      return [
        rounded([
          at(width, between(0.1, 0.25)),
          at(width * 0.6, -0.08),
          at(-0.05, 0),
          at(0, 0.5),
          at(width * 0.7, 0.5),
          at(width, 0.1),
        ]),
        [at(width, between(0.05, 0.2)), at(width + between(-0.1, 0), 1)],
      ];
    }
  }
}

/** The digits that `styledDigitStrokes()` can draw. */
export const STYLED_DIGITS = [0, 1, 1, 1, 4, 5, 7, 7, 9] as const;

/** Corners cut twice: Chaikin's algorithm for curves, 1974. */
export function rounded(corners: Stroke): Stroke {
  let points = corners;
  for (let round = 0; round < 2; round++) {
    const next: Stroke = [points[0]!];
    for (let i = 1; i < points.length; i++) {
      const [ax, ay] = points[i - 1]!;
      const [bx, by] = points[i]!;
      next.push(
        [0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by],
        [0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by],
      );
    }
    next.push(points.at(-1)!);
    points = next;
  }
  return points;
}
