import * as tf from "@tensorflow/tfjs";
import {
  assertEquals,
  assertGreater,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { evaluateModel, startTeam, type Threads } from "@lib/train/mod.ts";
import { testThatNeeds } from "../needs.ts";
import { tinyDigits, tinyModel, weightsOf } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const NEEDS = { read: ["lib"] };
const OPTIONS = { batchSize: 20, seed: 7, workers: 1 };

/** All that a network can be trained on; it needs eleven classes. */
const CHANGES = {
  augment: 1,
  distort: 1,
  noDigits: 0.2,
  styled: 0.2,
  cuts: 0.2,
};

/** The integers from `start` up to `end`, without it. */
function range(start: number, end: number): Uint32Array {
  return Uint32Array.from({ length: end - start }, (_, i) => start + i);
}

/** Three steps, of 20, 20 and 3 digits, and what the network says then. */
async function threeSteps(workers: number) {
  const model = tinyModel(7, 11);
  const digits = tinyDigits(43);
  const team = await startTeam(model, { ...OPTIONS, ...CHANGES, workers });
  try {
    assertEquals(team.workers, workers);
    const results = [];
    for (const [start, end] of [[0, 20], [20, 40], [40, 43]] as const) {
      results.push(await team.trainStep(digits, range(start, end), 0.01));
    }
    const { probabilities } = await team.evaluate(tinyDigits(150, 2));
    return { results, probabilities, weights: weightsOf(model) };
  } finally {
    team.close();
    model.dispose();
  }
}

// With dropout, batch norm, changed digits, drawn ones and others, and shards
// that are empty.
testThatNeeds(
  NEEDS,
  "startTeam() trains to the same bits with 1, 2, 3 and 8 workers",
  async () => {
    const alone = await threeSteps(1);
    assertNotEquals(alone.weights, weightsOf(tinyModel(7, 11)));
    for (const workers of [2, 3, 8]) {
      assertEquals(await threeSteps(workers), alone);
    }
  },
);

testThatNeeds(
  NEEDS,
  "Team.evaluate() agrees with evaluateModel() bit for bit, with any workers",
  async () => {
    const model = tinyModel(7);
    const digits = tinyDigits(5000); // more than go into one command
    const expected = evaluateModel(model, digits);
    for (const workers of [1, 2]) {
      const team = await startTeam(model, { ...OPTIONS, workers });
      assertEquals(await team.evaluate(digits), expected);
      team.close();
    }
    model.dispose();
  },
);

testThatNeeds(
  NEEDS,
  "Team.loadWeights() gives all copies the weights that readWeights() read",
  async () => {
    const model = tinyModel(7);
    const digits = tinyDigits(130); // two slices of work
    for (const workers of [1, 2, 8]) {
      const team = await startTeam(model, { ...OPTIONS, workers });
      const early = team.readWeights();
      const expected = await team.predict(digits.images);
      await team.trainStep(digits, range(0, 20), 0.01);
      assertNotEquals(await team.predict(digits.images), expected);
      await team.loadWeights(early);
      assertEquals(team.readWeights(), early);
      assertEquals(await team.predict(digits.images), expected);
      team.close();
    }
    model.dispose();
  },
);

Deno.test("startTeam() rejects numbers of workers that it has no work for", async () => {
  const model = tinyModel(7);
  for (const workers of [0, 9, 1.5, NaN]) {
    await assertRejects(
      () => startTeam(model, { ...OPTIONS, workers }),
      RangeError,
      `Cannot share the training as the number of workers must be an integer from 1 to 8, the parts of a batch: current number is ${workers}`,
    );
  }
  model.dispose();
});

Deno.test("startTeam() rejects what is no digit where there is no class for it", async () => {
  const model = tinyModel(7);
  await assertRejects(
    () => startTeam(model, { ...OPTIONS, noDigits: 0.1 }),
    RangeError,
    "Cannot train on what is no digit as the network must have a class for it, its output 10: current number of outputs is 10",
  );
  model.dispose();
});

Deno.test("startTeam() rejects a layer whose random numbers obey no seed", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28, 1] }),
      tf.layers.dropout({ rate: 0.5, name: "forget" }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  await assertRejects(
    () => startTeam(model, OPTIONS),
    TypeError,
    "Cannot seed the layer forget as it must be a SeededDropout: current class is Dropout",
  );
  model.dispose();
});

Deno.test("Team.trainStep() rejects a batch of another size than it has room for", async () => {
  const model = tinyModel(7);
  const team = await startTeam(model, OPTIONS);
  for (const size of [0, 21]) {
    await assertRejects(
      () => team.trainStep(tinyDigits(30), range(0, size), 1e-3),
      RangeError,
      `Cannot train on a batch as its size must be from 1 to 20: current size is ${size}`,
    );
  }
  team.close();
  model.dispose();
});

/** Threads that are given up soon. */
function impatient(start: () => Worker): Threads {
  return { start, startPatience: 20, patience: 0.3 };
}

function dying(search: string): Worker {
  const url = new URL(`./_dying_worker.ts${search}`, import.meta.url);
  return new Worker(url, { type: "module" });
}

for (
  const [search, cause] of [
    ["", "one says Cannot live any longer"],
    ["?silent", "one has not answered for 0.3 s"],
  ] as const
) {
  testThatNeeds(
    { read: ["lib", "tests"] },
    `Team.trainStep() fails soon, at the end of a step, where ${cause}`,
    async () => {
      const model = tinyModel(7);
      const digits = tinyDigits(20);
      const team = await startTeam(
        model,
        { ...OPTIONS, workers: 2 },
        impatient(() => dying(search)),
      );
      const steps = [weightsOf(model)];
      await assertRejects(
        async () => {
          while (steps.length < 100) {
            await team.trainStep(digits, range(0, 20), 1e-3);
            steps.push(weightsOf(model));
          }
        },
        Error,
        `Cannot go on with 2 workers as each must do its part: ${cause}`,
      );
      assertGreater(steps.length, 2);
      assertEquals(weightsOf(model), steps.at(-1));
      team.close();
      model.dispose();
    },
  );
}

Deno.test("startTeam() says what the system says where a thread does not start", async () => {
  const model = tinyModel(7);
  const { numTensors } = tf.memory();
  let isTerminated = false;
  const unable = {
    onerror: (_: ErrorEvent) => {},
    postMessage() {
      const message = "no such module";
      queueMicrotask(() => this.onerror(new ErrorEvent("error", { message })));
    },
    terminate: () => isTerminated = true,
  };
  await assertRejects(
    () =>
      startTeam(
        model,
        { ...OPTIONS, workers: 2 },
        impatient(() => unable as unknown as Worker),
      ),
    Error,
    "Cannot go on with 2 workers as each must do its part: one says no such module",
  );
  assertEquals([isTerminated, tf.memory().numTensors], [true, numTensors]);
  model.dispose();
});

if (Deno.build.os === "linux") {
  testThatNeeds(
    { run: true },
    "Team.close() leaves no thread, and neither does a worker that dies",
    async () => {
      const script = "tests/train/_thread_counts.ts";
      const { code, stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--allow-all", "--no-check", script],
      }).output();
      const counts = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals([code, counts], [0, [2, 0, 2, 0]]);
    },
  );
}
