/**
 * Runs damaged files in processes of their own, and judges how each ended.
 *
 * @module
 */

import { lines } from "@lib/format/lines.ts";
import { assert, assertEquals } from "@std/assert";
import { withTempFolder } from "../needs.ts";
import type { Line } from "./_batch.ts";

/** What a case may take: on a busy machine the clock says little. */
const MOST_CPU_MS = 10_000;
/** Without a word for so long, it hangs, however busy the machine. */
const HANGS_MS = 300_000;
/** What all of a process may take. */
const MOST_BYTES = 1e9;

/** How the cases ended. */
export interface Outcome {
  answers: number;
  /** Ended with a sentence. */
  refused: number;
}

/**
 * Runs cases in several processes at once.
 *
 * @param seed Of the damage.
 * @param count Cases 0 to `count` - 1; without it, the files that once failed.
 * @throws {AssertionError} If a case takes too long or too much, ends its
 *   process, or with anything but an answer or one sentence.
 */
export async function runBatches(
  seed?: number,
  count = 0,
  processes = 1,
): Promise<Outcome> {
  const outcomes = await Promise.all(
    Array.from({ length: processes }, (_, first) =>
      runBatch(
        seed === undefined ? [] : [seed, first, count, processes],
      )),
  );
  const total = { answers: 0, refused: 0 };
  for (const { answers, refused } of outcomes) {
    total.answers += answers;
    total.refused += refused;
  }
  if (seed !== undefined) assertEquals(total.answers + total.refused, count);
  return total;
}

async function runBatch(numbers: number[]): Promise<Outcome> {
  const outcome = { answers: 0, refused: 0 };
  await withTempFolder(async (folder) => {
    const command = `deno run --no-prompt --allow-read=data,tests ` +
      `"--allow-write=${folder}" tests/hostile/_batch.ts "${folder}" ` +
      numbers.join(" ");
    // The most memory of a process is at least what the one had that started it,
    // and this one has all tests: so a small one stands in between.
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "--eval", command],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stderr = new Response(child.stderr).text();
    let current = "before the first case";
    let hangs = false;
    const kill = () => {
      hangs = true;
      // The one in between passes it on.
      child.kill("SIGTERM");
    };
    let timer = setTimeout(kill, HANGS_MS);
    let peak: number | undefined;
    for await (const line of lines(child.stdout)) {
      clearTimeout(timer);
      timer = setTimeout(kill, HANGS_MS);
      const { start, name, end, peak: most }: Line = JSON.parse(line);
      if (start !== undefined) {
        current = `seed ${numbers[0]}, ${start}, ${name}`;
      }
      if (end) judge(current, end, outcome);
      peak = most;
    }
    clearTimeout(timer);
    const { code } = await child.status;
    assert(!hangs, `${current}: it hangs`);
    assertEquals([code, await stderr], [0, ""], current);
    assert(peak! < MOST_BYTES, `${peak} bytes of memory`);
  });
  return outcome;
}

function judge(
  current: string,
  { error, cpu }: NonNullable<Line["end"]>,
  outcome: Outcome,
): void {
  assert(cpu < MOST_CPU_MS, `${current}: it took ${cpu} ms`);
  if (error === undefined) {
    outcome.answers++;
    return;
  }
  outcome.refused++;
  assert(/^\w+: Cannot [^\n]+[^.\n]$/.test(error), `${current}: ${error}`);
}
