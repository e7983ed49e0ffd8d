import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertNotEquals,
} from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  applyLayers,
  createModel,
  MeanOfViews,
  ShiftedViews,
} from "@lib/model/mod.ts";
import { readValues, Replica, variablesOf } from "@lib/train/_replica.ts";
import {
  allocateTeamMemory,
  KIND,
  type TeamMemory,
  WORD,
} from "@lib/train/_team_memory.ts";
import { bitsOf, tinyDigits, tinyModel, weightsOf } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

/** `small` without its dropout, which draws another mask for each shard. */
function smallWithoutDropout(): tf.Sequential {
  const layers = createModel("small", 7).layers.filter((layer) =>
    layer.getClassName() !== "Dropout"
  );
  return tf.sequential({ layers });
}

/** A replica that has worked on one training batch, but not moved yet. */
function worked(model: tf.LayersModel, batchSize: number) {
  const trainable = tensorsSize(model.trainableWeights);
  const memory: TeamMemory = allocateTeamMemory({
    participants: 1,
    images: batchSize,
    classes: 10,
    trainable,
    other: tensorsSize(model.weights) - trainable,
  });
  const digits = tinyDigits(batchSize);
  memory.images.set(digits.images);
  memory.labels.set(digits.labels);
  memory.learningRate[0] = 1e-3;
  memory.control[WORD.kind] = KIND.train;
  memory.control[WORD.images] = batchSize;
  readValues(variablesOf(model.weights), memory.weights);
  const replica = new Replica(model, memory, { seed: 7 });
  replica.work(0);
  return { memory, digits, replica };
}

function tensorsSize(weights: tf.LayersModel["weights"]): number {
  return variablesOf(weights).reduce((sum, { size }) => sum + size, 0);
}

Deno.test("Replica's shards have the gradient and loss of the whole batch as their sum", () => {
  for (const batchSize of [21, 3]) {
    const model = smallWithoutDropout();
    const { memory, digits, replica } = worked(model, batchSize);
    const sum = memory.gradients[0]![0]!.map((_, i) =>
      memory.gradients[0]!.reduce((total, shard) => total + shard[i]!, 0)
    );
    tf.tidy(() => {
      const x = tf.tensor4d(
        Float32Array.from(digits.images, (value) => value / 255),
        [batchSize, 28, 28, 1],
      );
      const y = tf.oneHot([...digits.labels], 10);
      const variables = variablesOf(model.trainableWeights);
      const { value, grads } = tf.variableGrads(() => {
        const logits = applyLayers(model, x, { training: true, logits: true });
        return tf.losses.softmaxCrossEntropy(y, logits).asScalar();
      }, variables);
      const loss = memory.losses.reduce((a, b) => a + b) / batchSize;
      // Means of losses near 2.3 in float32, summed in another order.
      assertAlmostEquals(loss, value.dataSync()[0]!, 1e-5);
      const whole = variables.flatMap(({ name }) => [
        ...grads[name]!.dataSync(),
      ]);
      const largest = Math.max(...whole.map(Math.abs));
      assertGreater(largest, 0.01);
      // Each is a sum of up to 21·676 float32 products, in another order.
      for (const [i, g] of whole.entries()) {
        assertAlmostEquals(sum[i]!, g, 1e-5 * largest, `gradient ${i}`);
      }
    });
    replica.dispose();
    model.dispose();
  }
});

Deno.test("Replica leaves the weights alone until a command is finished", () => {
  const model = tinyModel(7);
  const before = weightsOf(tinyModel(7));
  const { replica } = worked(model, 16);
  replica.finish();
  const after = weightsOf(model);
  for (const [i, values] of before.entries()) {
    assert(values.some((value, j) => value !== after[i]![j]), `weight ${i}`);
  }
  replica.dispose();
  model.dispose();
});

Deno.test("Replica trains a network with views as one without, bit for bit", () => {
  const [plain, withViews] = [false, true].map((hasViews) => {
    const { layers } = tinyModel(7);
    const model = tf.sequential({
      layers: [
        tf.layers.inputLayer({ inputShape: [28, 28, 1] }),
        ...hasViews ? [new ShiftedViews({})] : [],
        ...layers.slice(0, -1),
        ...hasViews ? [new MeanOfViews({})] : [],
        layers.at(-1)!,
      ],
    });
    const { replica } = worked(model, 16);
    replica.finish();
    const weights = weightsOf(model);
    replica.dispose();
    model.dispose();
    return weights;
  });
  assertEquals(withViews, plain);
  assertNotEquals(plain, weightsOf(tinyModel(7)));
});

// By hand: momentum 0.99, from mean 0: a shard moves it by 0.01 · its mean.
Deno.test("Replica averages the moving statistics of batch norm over the shards", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28, 1] }),
      tf.layers.batchNormalization(),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
  const { replica, digits } = worked(model, 16);
  replica.finish();
  const [movingMean] = model.nonTrainableWeights.map((w) =>
    w.read().dataSync()
  );
  for (let pixel = 0; pixel < 784; pixel++) {
    let mean = 0;
    for (let i = 0; i < 16; i++) mean += digits.images[i * 784 + pixel]! / 255;
    // Float32 means of numbers below 1, scaled by 0.01.
    assertAlmostEquals(movingMean![pixel]!, 0.01 * mean / 16, 1e-8);
  }
  replica.dispose();
  model.dispose();
});

Deno.test("Replica keeps weights that do not train bit for bit", () => {
  const model = tinyModel(7);
  model.layers[0]!.trainable = false;
  const convolution = () => bitsOf(model.layers[0]!.getWeights());
  const frozen = convolution();
  for (const batchSize of [16, 11]) {
    const { replica } = worked(model, batchSize);
    replica.finish();
    replica.dispose();
  }
  assertEquals(convolution(), frozen);
  model.dispose();
});
