import * as tf from "@tensorflow/tfjs";
import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  fitSeeded,
  type FitSeededOptions,
  type Screen,
} from "@lib/train/mod.ts";
import { tinyDigits, tinyModel, weightsOf } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const DIGITS = tinyDigits(50);
const X = tf.tensor4d(
  Float32Array.from(DIGITS.images, (value) => value / 255),
  [50, 28, 28, 1],
);
const Y = tf.oneHot([...DIGITS.labels], 10);

/** A screen that keeps what it is shown. */
function keepingScreen(isTerminal: boolean) {
  const printed: string[] = [];
  const redrawn: string[] = [];
  const screen: Screen = {
    isTerminal,
    print: (line) => printed.push(line),
    redraw: (line) => redrawn.push(line),
  };
  return { screen, printed, redrawn };
}

/** Fits a new model for two epochs; its weights and what was shown. */
async function fit(
  options: Partial<FitSeededOptions> = {},
  { isTerminal = false, metrics = ["accuracy"] } = {},
) {
  const { screen, printed, redrawn } = keepingScreen(isTerminal);
  const model = tinyModel(7);
  model.compile({
    optimizer: "adam",
    loss: "categoricalCrossentropy",
    metrics,
  });
  const { history } = await fitSeeded(model, X, Y, {
    seed: 7,
    epochs: 2,
    batchSize: 20,
    screen,
    ...options,
  });
  const weights = weightsOf(model);
  model.dispose();
  return { weights, history, printed, redrawn };
}

Deno.test("fitSeeded() gives the same weights bit for bit for the same seed", async () => {
  const once = await fit();
  assertEquals((await fit()).weights, once.weights);
  assertNotEquals((await fit({ seed: 8 })).weights, once.weights);
});

Deno.test("fitSeeded() shuffles anew in each epoch, and takes every example", async () => {
  const sizes: number[] = [];
  const { history } = await fit({
    callbacks: { onBatchEnd: (_, logs) => void sizes.push(logs!["size"]!) },
  });
  assertEquals(sizes, [20, 20, 10, 20, 20, 10]);
  assertEquals(history["loss"]!.length, 2);
});

Deno.test("fitSeeded() prints a line an epoch, as the training of the project does", async () => {
  const { printed, redrawn } = await fit({ validationSplit: 0.2 });
  assertEquals([printed.length, redrawn.length], [2, 0]);
  for (const [i, line] of printed.entries()) {
    assertMatch(
      line,
      new RegExp(
        `^Epoch ${
          i + 1
        }/2 · train accuracy \\d+\\.\\d % · validation accuracy \\d+\\.\\d % · loss \\d+\\.\\d{3} · validation loss \\d+\\.\\d{3} · [\\d,]+ images/s$`,
      ),
    );
  }
});

Deno.test("fitSeeded() leaves out of its lines what is not measured", async () => {
  const { printed } = await fit({}, { metrics: [] });
  assertMatch(printed[1]!, /^Epoch 2\/2 · loss \d+\.\d{3} · [\d,]+ images\/s$/);
});

Deno.test("fitSeeded() draws a bar in a terminal", async () => {
  const { redrawn } = await fit({}, { isTerminal: true });
  assertMatch(
    redrawn[0]!,
    /^Epoch 1\/2 █+░+ 40 % · [\d,]+ images\/s · \d+:\d\d left$/,
  );
});

// The last 20 % are held out, so what they hold changes no weight.
Deno.test("fitSeeded() never trains on what validationSplit holds out", async () => {
  const short = [X.slice(0, 40), Y.slice(0, 40)] as const;
  const { weights, history } = await fit({ validationSplit: 0.2 });
  const model = tinyModel(7);
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  await fitSeeded(model, ...short, {
    seed: 7,
    epochs: 2,
    batchSize: 20,
    screen: keepingScreen(false).screen,
  });
  assertEquals(weightsOf(model), weights);
  assertEquals(history["val_loss"]!.length, 2);
  model.dispose();
  tf.dispose([...short]);
});

Deno.test("fitSeeded() judges what validationData holds, and stops when told to", async () => {
  const { history } = await fit({
    epochs: 9,
    validationData: [X, Y],
    callbacks: [
      tf.callbacks.earlyStopping({ monitor: "val_loss", minDelta: 9 }),
    ],
  });
  assertEquals(history["val_acc"]!.length, 2);
});

Deno.test("fitSeeded() leaves no tensor behind but the optimizer's own", async () => {
  await fit({ validationSplit: 0.2 });
  const { numTensors } = tf.memory();
  await fit({ validationSplit: 0.2 });
  const afterOne = tf.memory().numTensors - numTensors;
  await fit({ validationSplit: 0.2, epochs: 4 });
  assertEquals(tf.memory().numTensors - numTensors, 2 * afterOne);
});

Deno.test("fitSeeded() rejects a layer whose random numbers obey no seed", async () => {
  const model = tf.sequential({
    layers: [tf.layers.dropout({ inputShape: [2], rate: 0.5, name: "forget" })],
  });
  await assertRejects(
    () => fitSeeded(model, X, Y, { seed: 7 }),
    TypeError,
    "Cannot seed the layer forget as it must be a SeededDropout: current class is Dropout",
  );
});
