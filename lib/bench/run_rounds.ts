/**
 * Timing by turns, so that a machine that gets warm or busy slows all alike.
 *
 * @module
 */

/** Something to time. */
export interface Piece {
  /** What its figures are kept by. */
  name: string;
  /**
   * Works for about that long.
   *
   * @returns What came of it, in the piece's own unit.
   */
  run(seconds: number): number | Promise<number>;
}

/** A figure a round, by the name of the piece. */
export type Figures = Map<string, number[]>;

/** How often and how long. */
export interface RoundOptions {
  rounds: number;
  /** Of each piece in each round. */
  seconds: number;
  /** Called before each round, with its number from 1. */
  onRound?: (round: number) => void;
}

/**
 * Runs all pieces once a round, every other round in reversed order.
 *
 * @returns For each piece its figures, in the order of the rounds.
 */
export async function runRounds(
  pieces: Piece[],
  { rounds, seconds, onRound }: RoundOptions,
): Promise<Figures> {
  const figures: Figures = new Map(pieces.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    onRound?.(round);
    const order = round % 2 === 1 ? pieces : pieces.toReversed();
    for (const { name, run } of order) {
      figures.get(name)!.push(await run(seconds));
    }
  }
  return figures;
}
