/** How fast several ways to the same result are, on this machine, now. @module */

import { rate, runRounds, spread } from "../bench/mod.ts";

/** Rounds, each way once a round, and seconds for each. */
const ROUNDS = 5;
const SECONDS = 0.15;

/**
 * Calls each way over and over, by turns.
 *
 * @param ways By their names.
 * @returns Calls a second by the same names, medians of the rounds.
 */
export async function callRates<Name extends string>(
  ways: Record<Name, () => unknown>,
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[];
  const figures = await runRounds(
    names.map((name) => ({
      name,
      run: (seconds) => rate(ways[name], seconds),
    })),
    { rounds: ROUNDS, seconds: SECONDS },
  );
  return Object.fromEntries(
    names.map((name) => [name, spread(figures.get(name)!).median]),
  ) as Record<Name, number>;
}
