/**
 * `deno task test:resume`: that a training survives whatever befalls it.
 *
 * @module
 */

import { assertGreater } from "@std/assert";
import { killRuns } from "./_killed_runs.ts";

/** The network that ships, with all that draws random numbers, in short. */
const BEST = ["--recipe", "best", "--epochs", "2", "--batch-size", "50"];

const SMALL = [
  ...["--architecture", "small", "--epochs", "4", "--batch-size", "50"],
  ...["--seed", "9", "--strict"],
];

for (
  const [name, seed, digits, args] of [
    ["small", 1, 2000, SMALL],
    ["best", 2, 600, BEST],
  ] as const
) {
  Deno.test(`deno task train of ${name}, killed at ten random moments, goes on to the same bytes`, async () => {
    const seen = await killRuns({ kills: 10, seed, digits, args: [...args] });
    console.log(
      `10 kills of ${seen.runs} runs, ${seen.halfWritten} of them in the middle of writing`,
    );
    assertGreater(seen.halfWritten, 0);
  });
}
