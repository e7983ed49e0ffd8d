import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  judge,
  type Team,
  type TeamRun,
  type TrainEvents,
  trainTeam,
} from "@lib/train/mod.ts";
import { tinyDigits } from "./_tiny.ts";

const RUN: TeamRun = {
  epochs: 1,
  batchSize: 1,
  learningRate: 1,
  schedule: "constant",
  seed: 7,
};

/** A team whose only weight counts its steps. */
class CountingTeam {
  weight = 0;
  /** Of each step. */
  readonly changes: number[] = [];
  /** The weight whenever it is judged. */
  readonly judged: number[] = [];

  trainStep(_1: unknown, _2: unknown, _3: unknown, changes: number) {
    this.weight++;
    this.changes.push(changes);
    return Promise.resolve({ loss: 0, correct: 0 });
  }

  evaluate() {
    this.judged.push(this.weight);
    return Promise.resolve(judge(new Float32Array(10), Uint8Array.of(0)));
  }

  readWeights() {
    return Float32Array.of(this.weight);
  }

  loadWeights([weight]: Float32Array) {
    this.weight = weight!;
    return Promise.resolve();
  }
}

/** Trains for four steps an epoch. */
async function count(run: Partial<TeamRun>, events?: TrainEvents) {
  const team = new CountingTeam();
  const digits = { train: tinyDigits(4), validation: tinyDigits(1) };
  await trainTeam(team as unknown as Team, digits, { ...RUN, ...run }, events);
  return team;
}

/** Steps 1 to 4 with 1: 2/11, 3/12 and so on of the old mean are kept. */
function meanOf(steps: number): number {
  let mean = 0;
  for (let step = 1; step <= steps; step++) {
    const kept = Math.min(0.3, (1 + step) / (10 + step));
    mean = kept * mean + (1 - kept) * step;
  }
  return mean;
}

// By hand: 9/11, then 0.25 · 9/11 + 0.75 · 2 = 1.7045.
Deno.test("trainTeam() judges and leaves the mean of the weights of all steps", async () => {
  assertAlmostEquals(meanOf(2), 1.7045, 1e-4);
  const { judged, weight } = await count({ averaging: 0.3, epochs: 2 });
  // The steps go on from the weights themselves: 5 follows 4. In float32.
  assertAlmostEquals(judged[0]!, meanOf(4), 1e-5);
  assertAlmostEquals(judged[1]!, meanOf(8), 1e-5);
  assertEquals(weight, judged[1]);
});

Deno.test("trainTeam() without averaging judges the weights themselves", async () => {
  const { judged, weight } = await count({ epochs: 2 });
  assertEquals([judged, weight], [[4, 8], 8]);
});

Deno.test("trainTeam() stopped between two epochs leaves the mean as it was saved", async () => {
  // It is asked before each of four batches, after the epoch, and again.
  let asked = 0;
  const signal = {
    get aborted() {
      return ++asked > 5;
    },
  } as AbortSignal;
  const run = { averaging: 0.3, epochs: 2 };
  const { judged, weight } = await count(run, { signal });
  assertEquals(judged.length, 1);
  assertEquals(weight, judged[0]);
});

// By hand: half of the calm quarter is over, and so half of the fall to 0.4.
Deno.test("trainTeam() has fewer changes over the calm end of a run", async () => {
  const { changes } = await count({ calm: 0.25, epochs: 2 });
  assertEquals(changes, [1, 1, 1, 1, 1, 1, 1, 0.7]);
  assertEquals((await count({ epochs: 1 })).changes, [1, 1, 1, 1]);
});
