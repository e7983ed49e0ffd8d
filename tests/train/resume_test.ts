/** That a run that goes on ends as one that was never stopped, in memory. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  type History,
  type RunState,
  trainModel,
  type TrainOptions,
} from "@lib/train/mod.ts";
import { testThatNeeds } from "../needs.ts";
import { tinyDigits, tinyModel, weightsOf } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const DIGITS = { train: tinyDigits(50), validation: tinyDigits(20, 2) };

/** Three steps an epoch, and all that draws random numbers. */
const OPTIONS: TrainOptions = {
  epochs: 3,
  batchSize: 20,
  learningRate: 0.01,
  schedule: "one-cycle",
  augment: 1,
  distort: 1,
  noDigits: 0.2,
  styled: 0.2,
  cuts: 0.2,
  calm: 0.5,
  labelSmoothing: 0.1,
  averaging: 0.9,
  seed: 7,
};

/** Trains; what comes of it, and a state for each time that one was kept. */
async function run(options: TrainOptions, signal?: AbortSignal) {
  const model = tinyModel(7, 11);
  const states: RunState[] = [];
  const checkpoints = {
    seconds: 0,
    save: (state: RunState) => {
      states.push(structuredClone(state));
      return Promise.resolve();
    },
  };
  try {
    const events = { checkpoints, ...(signal && { signal }) };
    const history = await trainModel(model, DIGITS, options, events);
    return { weights: weightsOf(model), history: timeless(history), states };
  } finally {
    model.dispose();
  }
}

function timeless(history: History) {
  return history.map((record) => ({ ...record, imagesPerSecond: 0 }));
}

for (const averaging of [0.9, 0]) {
  const choices = { ...OPTIONS, averaging };
  testThatNeeds(
    { read: ["lib"] },
    `trainModel() goes on from any state to the same bits, with any number of workers, averaging=${averaging}`,
    async () => {
      const { weights, history, states } = await run(choices);
      // Before the first batch, then after each: epochs end on a short one.
      assertEquals(
        states.map(({ epoch, done }) => [epoch, done]),
        [
          ...[[1, 0], [1, 20], [1, 40]],
          ...[[2, 0], [2, 20], [2, 40]],
          ...[[3, 0], [3, 20], [3, 40], [4, 0]],
        ],
      );
      for (const [i, begun] of states.entries()) {
        const rest = await run({ ...choices, begun, workers: 1 + i % 3 });
        assertEquals(rest.weights, weights, `from ${begun.epoch}`);
        assertEquals(rest.history, history);
        const left = states.slice(i + 1).map(timelessState);
        assertEquals(rest.states.map(timelessState), left);
      }
    },
  );
}

function timelessState(state: RunState) {
  return { ...state, seconds: 0, history: timeless(state.history) };
}

Deno.test("trainModel() that is stopped keeps the state after its last batch", async () => {
  const stop = new AbortController();
  const model = tinyModel(7, 11);
  const states: RunState[] = [];
  const checkpoints = {
    seconds: 3600,
    save: (state: RunState) => {
      states.push(structuredClone(state));
      return Promise.resolve();
    },
  };
  const history = await trainModel(model, DIGITS, OPTIONS, {
    checkpoints,
    signal: stop.signal,
    onBatch: (done) => {
      if (states.length === 2 && done === 40) stop.abort();
    },
  });
  model.dispose();
  assertEquals(
    states.map(({ epoch, done }) => [epoch, done]),
    [[1, 0], [2, 0], [2, 40]],
  );
  // It has the stopped epoch's figures, which the state leaves open.
  assertEquals([history.length, states[2]!.history.length], [2, 1]);
  const whole = await run(OPTIONS);
  const rest = await run({ ...OPTIONS, begun: states[2]! });
  assertEquals([rest.weights, rest.history], [whole.weights, whole.history]);
});

Deno.test("trainModel() stopped at once goes on to what it was", async () => {
  const { states } = await run(OPTIONS);
  const begun = states[3]!; // between two epochs
  const rest = await run({ ...OPTIONS, begun }, AbortSignal.abort());
  assertEquals([rest.history, rest.states], [timeless(begun.history), []]);
});

Deno.test("trainModel() refuses to go on with what does not belong to it", async (t) => {
  const { states } = await run({ ...OPTIONS, epochs: 1 });
  const state = states[1]!;
  assert(state.average);
  const { optimizer } = state;
  const cases: [string, RunState, string][] = [
    [
      "another network",
      { ...state, shapes: [[3, 3, 1, 4]] },
      "Cannot go on as the weights must be those of this network, of the shapes [[4,4,1,4],[4],[4],[4],[36,11],[11],[4],[4]]: current shapes are [[3,3,1,4]]",
    ],
    [
      "fewer moments",
      {
        ...state,
        optimizer: { ...optimizer, firstMoments: new Float32Array(3) },
      },
      "Cannot go on as there must be 491 weights, as many averages, and twice 483 moments: current lengths are 491,491,3,483",
    ],
    [
      "other digits",
      { ...state, total: 60 },
      "Cannot go on as an epoch must have 60 digits as before: current number is 50",
    ],
  ];
  for (const [name, begun, message] of cases) {
    await t.step(name, async () => {
      await assertRejects(
        () => run({ ...OPTIONS, begun }),
        TypeError,
        message,
      );
    });
  }
});
