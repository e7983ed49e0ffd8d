import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { applyLayers } from "@lib/model/mod.ts";

await startWasmBackend();
registerTrainingKernels();

const { layers } = tf;

/** [3, 12, 12, 2], negative values as well. */
const X = tf.randomNormal([3, 12, 12, 2], 0, 1, "float32", 7);

/** Adds `parts` and a head that tells four classes apart. */
function network(...parts: tf.layers.Layer[]): tf.Sequential {
  return tf.sequential({
    layers: [
      layers.inputLayer({ inputShape: [12, 12, 2] }),
      ...parts,
      layers.flatten(),
      layers.dense({ units: 4, activation: "softmax" }),
    ],
  });
}

let seed = 1;

/** With weights from a seed, positive biases among them: none is dead. */
function conv(args: Partial<Parameters<typeof layers.conv2d>[0]>) {
  return layers.conv2d(
    {
      filters: 3,
      kernelSize: 3,
      activation: "relu",
      kernelInitializer: tf.initializers.glorotUniform({ seed: seed++ }),
      biasInitializer: tf.initializers.constant({ value: 0.1 }),
      ...args,
    } as Parameters<typeof layers.conv2d>[0],
  );
}

function pool(args: Parameters<typeof layers.maxPooling2d>[0] = {}) {
  return layers.maxPooling2d({ poolSize: 2, ...args });
}

const CASES: Record<string, tf.layers.Layer[]> = {
  "convolution and pooling": [conv({}), pool()],
  "twice": [conv({}), pool(), conv({ kernelSize: [2, 3] }), pool()],
  "strides and padding": [conv({ strides: [2, 1], padding: "same" }), pool()],
  "pool of 3x2": [conv({}), pool({ poolSize: [3, 2] })],
  "pool with other strides": [conv({}), pool({ poolSize: 3, strides: 2 })],
  "pool with padding": [conv({ strides: 3 }), pool({ padding: "same" })],
  "no bias": [conv({ useBias: false }), pool()],
  "no ReLU": [conv({ activation: "linear" }), pool()],
  "dilation": [conv({ dilationRate: 2 }), pool()],
  "no pooling": [conv({})],
  "batch norm and leaky ReLU": [
    conv({ activation: "linear" }),
    layers.batchNormalization(),
    layers.leakyReLU(),
    pool(),
  ],
  "a model as a layer": [
    tf.sequential({ layers: [conv({ inputShape: [12, 12, 2] }), pool()] }),
  ],
};

function values(tensor: tf.Tensor): Float32Array {
  return tensor.dataSync<"float32">();
}

function assertClose(actual: tf.Tensor, expected: tf.Tensor) {
  assertEquals(actual.shape, expected.shape);
  const wanted = values(expected);
  for (const [i, value] of values(actual).entries()) {
    // Float32 sums of up to 300 products below 1, in another order.
    const difference = Math.abs(value - wanted[i]!);
    assert(difference < 1e-5, `element ${i}: ${value}, not ${wanted[i]}`);
  }
}

Deno.test("applyLayers() gives what model.apply() gives", async (t) => {
  for (const [name, parts] of Object.entries(CASES)) {
    await t.step(name, () => {
      const model = network(...parts);
      tf.tidy(() => {
        for (const training of [false, true]) {
          const expected = model.apply(X, { training }) as tf.Tensor;
          assertClose(applyLayers(model, X, { training }), expected);
          const logits = applyLayers(model, X, { training, logits: true });
          assertClose(tf.softmax(logits), expected);
        }
      });
    });
  }
});

Deno.test("applyLayers() has the gradients of model.apply(), in the model's own variables", () => {
  const model = network(conv({}), pool(), conv({}), pool());
  const variables = model.trainableWeights.map((w) => w.read() as tf.Variable);
  tf.tidy(() => {
    const loss = (y: tf.Tensor) => y.square().sum<tf.Scalar>();
    const ours = tf.variableGrads(
      () => loss(applyLayers(model, X, { training: true })),
      variables,
    );
    const theirs = tf.variableGrads(
      () => loss(model.apply(X, { training: true }) as tf.Tensor),
      variables,
    );
    for (const { name } of variables) {
      assertGreater(
        Math.max(...values(theirs.grads[name]!).map(Math.abs)),
        1e-4,
      );
      assertClose(ours.grads[name]!, theirs.grads[name]!);
    }
  });
  model.dispose();
});

Deno.test("applyLayers() runs a model that is no chain as well", () => {
  const input = tf.input({ shape: [12, 12, 2] });
  const left = conv({}).apply(input) as tf.SymbolicTensor;
  const right = conv({}).apply(input) as tf.SymbolicTensor;
  const both = layers.add().apply([left, right]) as tf.SymbolicTensor;
  const flat = layers.flatten().apply(both);
  const output = layers.dense({ units: 4, activation: "softmax" }).apply(flat);
  const model = tf.model({
    inputs: input,
    outputs: output as tf.SymbolicTensor,
  });
  tf.tidy(() => {
    const expected = model.apply(X, { training: false }) as tf.Tensor;
    assertClose(applyLayers(model, X, { training: false }), expected);
    const logits = applyLayers(model, X, { training: false, logits: true });
    assertClose(tf.softmax(logits), expected);
  });
  model.dispose();
});

Deno.test("applyLayers() takes a chain of tf.model(), and logarithms where there is no softmax", () => {
  const input = tf.input({ shape: [12, 12, 2] });
  const pooled = pool().apply(conv({}).apply(input));
  const output = layers.globalAveragePooling2d({}).apply(pooled);
  const model = tf.model({
    inputs: input,
    outputs: output as tf.SymbolicTensor,
  });
  tf.tidy(() => {
    const expected = model.apply(X, { training: false }) as tf.Tensor;
    assertClose(applyLayers(model, X, { training: false }), expected);
    assertClose(
      applyLayers(model, X, { training: false, logits: true }),
      expected.clipByValue(1e-7, 1).log(),
    );
  });
  model.dispose();
});

Deno.test("applyLayers() sees layers that are added later", () => {
  const model = tf.sequential({
    layers: [layers.flatten({ inputShape: [12, 12, 2] })],
  });
  tf.tidy(() => {
    assertEquals(applyLayers(model, X, { training: false }).shape, [3, 288]);
    model.add(layers.dense({ units: 4 }));
    assertEquals(applyLayers(model, X, { training: false }).shape, [3, 4]);
  });
  model.dispose();
});

Deno.test("applyLayers() leaves nothing behind but its result", () => {
  const model = network(conv({}), pool());
  const { numTensors } = tf.memory();
  applyLayers(model, X, { training: false }).dispose();
  assertEquals(tf.memory().numTensors, numTensors);
  model.dispose();
});
