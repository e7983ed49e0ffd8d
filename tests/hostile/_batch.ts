/**
 * Runs cases one after the other and tells of each: a process of its own, so
 * that its test may end it, and sees what memory it took.
 *
 * Arguments: a scratch folder, a seed, the first case, the one behind the last,
 * and how far from each to the next. With the folder alone, it has the pictures
 * that stand in `tests/hostile/kept` read. Prints a line of JSON when it starts
 * with a case, and one when that has ended; last, the most memory it took.
 *
 * @module
 */

import process from "node:process";
import { createCases } from "./_cases.ts";

/** What a line says. */
export interface Line {
  /** Number of the case, or name of the file. */
  start?: number | string;
  name?: string;
  /**
   * How it ended: what the error says, or nothing where there was an answer, and
   * the time that all threads took, in ms.
   */
  end?: { error?: string; cpu: number };
  /** In bytes. */
  peak?: number;
}

/** Files that once failed, however small. */
export const KEPT = "tests/hostile/kept";

const print = (line: Line) => console.log(JSON.stringify(line));

async function tell(
  start: number | string,
  name: string,
  run: () => Promise<unknown>,
): Promise<void> {
  print({ start, name });
  const begin = process.cpuUsage();
  const error = await run().then(() => undefined, (error) => String(error));
  const { user, system } = process.cpuUsage(begin);
  const cpu = Math.round((user + system) / 1000);
  print({ end: error === undefined ? { cpu } : { error, cpu } });
}

if (import.meta.main) {
  const [scratch, ...numbers] = Deno.args;
  const [seed, from, to, step] = numbers.map(Number);
  const cases = await createCases(scratch!);
  if (seed === undefined) {
    for (const { name } of Deno.readDirSync(KEPT)) {
      if (name === "README.md") continue;
      const bytes = await Deno.readFile(`${KEPT}/${name}`);
      await tell(name, name, () => cases.readPicture(bytes));
    }
  } else {
    for (let index = from!; index < to!; index += step!) {
      const name = cases.nameOf(seed, index);
      await tell(index, name, () => cases.run(seed, index));
    }
  }
  print({ peak: process.resourceUsage().maxRSS * 1024 });
}
