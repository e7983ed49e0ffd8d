/** Probabilities of networks that never were. @module */

/** Of one image: these for some digits, 0 for the others. */
export function row(some: Record<number, number>): number[] {
  return Array.from({ length: 10 }, (_, digit) => some[digit] ?? 0);
}
