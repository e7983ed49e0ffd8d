/** What makes a number hard to read, and how often. @module */

import type { Random } from "../random/mod.ts";

/**
 * Each and the share of numbers that have it, among those that are not plain.
 *
 * Of the names in one group a number has at most one.
 */
const GROUPS: Record<string, number>[] = [
  { touching: 0.3 },
  { shade: 0.35 },
  { ruled: 0.18, squared: 0.18 },
  { texture: 0.25 },
  { blur: 0.25 },
  { noise: 0.25 },
  { jpeg: 0.4 },
  { perspective: 0.25 },
  { slope: 0.15 },
  { slant: 0.2 },
  { "thin pen": 0.17, "thick pen": 0.17 },
  { "faint ink": 0.12 },
  { "colored ink": 0.3 },
  { "colored paper": 0.18, "white on black": 0.07 },
];

/** On white paper, with a dark pen, by a scanner. */
const PLAIN_SHARE = 0.08;

/** Names of all difficulties, in the order of tables. */
export const DIFFICULTIES: readonly string[] = GROUPS.flatMap(Object.keys);

/**
 * Draws the difficulties of one number; none where it is plain.
 *
 * Neighbors touch in plain numbers as often as in others.
 */
export function drawDifficulties(random: Random): Set<string> {
  const isPlain = random.next() < PLAIN_SHARE;
  const drawn = GROUPS.flatMap((group) => {
    let left = random.next();
    const name = Object.keys(group).find((name) => (left -= group[name]!) < 0);
    return name === undefined || isPlain && name !== "touching" ? [] : [name];
  });
  return new Set(drawn);
}
