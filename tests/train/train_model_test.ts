import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { type Digits, loadMnist } from "@lib/mnist/mod.ts";
import { createModel } from "@lib/model/mod.ts";
import {
  evaluateModel,
  type History,
  type TrainEvents,
  trainModel,
  type TrainOptions,
} from "@lib/train/mod.ts";
import { testThatNeeds } from "../needs.ts";

await startWasmBackend();
registerTrainingKernels();

const sample = await loadMnist("sample", { seed: 7 });

const OPTIONS: TrainOptions = {
  epochs: 1,
  batchSize: 50,
  learningRate: 1e-3,
  schedule: "constant",
  augment: 0,
  seed: 7,
};

function first(digits: Digits, count: number): Digits {
  return {
    images: digits.images.subarray(0, count * 784),
    labels: digits.labels.subarray(0, count),
  };
}

/** Trains `small` on a few digits; its history and weights. */
async function trainSmall(
  options: Partial<TrainOptions>,
  count = 200,
  events?: TrainEvents,
): Promise<{ history: History; weights: Float32Array[] }> {
  const model = createModel("small", 7);
  const history = await trainModel(
    model,
    {
      train: first(sample.train, count),
      validation: first(sample.validation, 100),
    },
    { ...OPTIONS, ...options },
    events,
  );
  const weights = model.getWeights().map((w) => w.dataSync<"float32">());
  model.dispose();
  return { history, weights };
}

// The untrained loss is near ln 10 = 2.303; a net that learns is far below.
Deno.test("trainModel() learns to tell digits that it never saw", async () => {
  const model = createModel("small", 7);
  const untrained = evaluateModel(model, sample.test);
  assertGreater(untrained.loss, 2.2);
  const history = await trainModel(model, {
    train: first(sample.train, 3000),
    validation: first(sample.validation, 500),
  }, { ...OPTIONS, epochs: 2, learningRate: 2e-3 });
  assertEquals(history.map(({ epoch }) => epoch), [1, 2]);
  assertLess(history[1]!.trainLoss, history[0]!.trainLoss);
  assertGreater(history[1]!.valAccuracy, 0.9);
  assertGreater(history[1]!.imagesPerSecond, 0);
  const trained = evaluateModel(model, sample.test);
  assertLess(trained.loss, 0.35);
  assertGreater(trained.accuracy, 0.9);
  model.dispose();
});

Deno.test("trainModel() gives the same weights bit for bit for the same seed", async () => {
  for (const augment of [0, 1]) {
    const once = await trainSmall({ augment });
    const again = await trainSmall({ augment });
    assertEquals(once.weights, again.weights);
    const other = await trainSmall({ augment, seed: 8 });
    assertNotEquals(once.weights, other.weights);
  }
});

Deno.test("trainModel() takes the last, smaller batch too", async () => {
  const done: number[] = [];
  await trainSmall({}, 120, {
    onBatch: (images, total) => {
      done.push(images);
      assertEquals(total, 120);
    },
  });
  assertEquals(done, [50, 100, 120]);
});

Deno.test("trainModel() stops after the batch under way and keeps the epoch", async () => {
  const stop = new AbortController();
  const epochs: number[] = [];
  const { history } = await trainSmall({ epochs: 5 }, 200, {
    signal: stop.signal,
    onBatch: (done) => {
      if (epochs.length === 1 && done === 100) stop.abort();
    },
    onEpoch: ({ epoch }) => epochs.push(epoch),
  });
  assertEquals(epochs, [1, 2]);
  assertEquals(history.length, 2);
  assert(Number.isFinite(history[1]!.valLoss));
});

Deno.test("trainModel() stopped before its first batch trains nothing", async () => {
  const { history, weights } = await trainSmall({}, 200, {
    signal: AbortSignal.abort(),
  });
  assertEquals(history, []);
  const untouched = createModel("small", 7);
  assertEquals(
    weights,
    untouched.getWeights().map((weight) => weight.dataSync()),
  );
  untouched.dispose();
});

Deno.test("trainModel() rejects a schedule that it does not know", async () => {
  await assertRejects(
    () => trainSmall({ schedule: "steps" }),
    RangeError,
    "Cannot train as the schedule must be one of constant, cosine, one-cycle: current name is steps",
  );
});

testThatNeeds(
  { read: ["lib"] },
  "trainModel() counts the penalties of layers, built or not, with any number of workers",
  async () => {
    const losses: number[] = [];
    for (const workers of [1, 2]) {
      for (const isBuilt of [true, false]) {
        const model = tf.sequential({
          layers: [
            tf.layers.flatten({ inputShape: [28, 28, 1] }),
            tf.layers.dense({
              units: 10,
              activation: "softmax",
              kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
              kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
            }),
          ],
        });
        if (isBuilt) {
          tf.tidy(() => void model.predict(tf.zeros([1, 28, 28, 1])));
        }
        const digits = first(sample.train, 40);
        const [record] = await trainModel(
          model,
          { train: digits, validation: digits },
          { ...OPTIONS, batchSize: 20, workers },
        );
        losses.push(record!.trainLoss);
        model.dispose();
      }
    }
    // ln 10 alone would be 2.3; the penalty adds about 2.
    assertGreater(losses[0]!, 3.5);
    assertEquals(losses, losses.map(() => losses[0]!));
  },
);
