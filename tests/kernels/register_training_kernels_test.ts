import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("registerTrainingKernels() can be called again", () => {
  const kernel = tf.getKernel("MaxPoolGrad", "wasm");
  registerTrainingKernels();
  assertEquals(tf.getKernel("MaxPoolGrad", "wasm"), kernel);
});

/**
 * The loss of a small net with all that `classic` has, but ELU in the place of
 * ReLU: it has no kink, and gives the pooling negative values to choose from.
 */
function lossOf(x: tf.Tensor4D, oneHot: tf.Tensor2D, weights: tf.Tensor[]) {
  const [filter1, bias1, filter2, bias2, dense, bias3] = weights as [
    tf.Tensor4D,
    tf.Tensor1D,
    tf.Tensor4D,
    tf.Tensor1D,
    tf.Tensor2D,
    tf.Tensor1D,
  ];
  const hidden1 = tf.conv2d(x, filter1, 1, "same").add(bias1).elu();
  const pooled = tf.maxPool(hidden1 as tf.Tensor4D, 2, 2, "valid");
  const hidden2 = tf.conv2d(pooled, filter2, 2, "same").add(bias2).elu();
  const logits = tf.matMul(hidden2.reshape([2, -1]) as tf.Tensor2D, dense)
    .add(bias3);
  return tf.losses.softmaxCrossEntropy(oneHot, logits).asScalar();
}

// A float32 loss of about 1 has a spacing of 1e-7, so over a step of 1e-3 the
// slope is known to 1e-4; the rest is left to windows that change their maximum.
Deno.test("registerTrainingKernels() gives gradients that finite differences confirm", () => {
  tf.tidy(() => {
    const x = tf.tensor4d(values([2, 8, 8, 2], 1), [2, 8, 8, 2]);
    const oneHot = tf.tensor2d([1, 0, 0, 0, 0, 1], [2, 3]);
    const shapes = [[3, 3, 2, 4], [4], [3, 3, 4, 5], [5], [20, 3], [3]];
    const weights = shapes.map((shape, index) =>
      tf.tensor(values(shape, index + 10), shape).mul(0.5) as tf.Tensor
    );
    const gradients = tf.grads((...at: tf.Tensor[]) => lossOf(x, oneHot, at))(
      weights,
    );
    const step = 1e-3;
    for (const [index, weight] of weights.entries()) {
      const gradient = gradients[index]!.dataSync();
      const slope = (position: number) => {
        const lossAt = (change: number) => {
          const moved = weight.dataSync().slice();
          moved[position]! += change;
          const changed = [...weights];
          changed[index] = tf.tensor(moved, weight.shape);
          return lossOf(x, oneHot, changed).dataSync()[0]!;
        };
        return (lossAt(step) - lossAt(-step)) / (2 * step);
      };
      // Every weight of the small ones, and some of the large.
      const stride = Math.ceil(weight.size / 12);
      for (let position = 0; position < weight.size; position += stride) {
        const difference = Math.abs(slope(position) - gradient[position]!);
        assert(
          difference < 1e-3,
          `weight ${index}, position ${position}: slope ${
            slope(position)
          }, gradient ${gradient[position]}`,
        );
      }
      assertGreater(Math.max(...gradient.map(Math.abs)), 1e-3);
    }
  });
});

Deno.test("registerTrainingKernels() makes a person's own model.fit() train", async () => {
  // Left half or right half bright: four images that a small net can tell.
  const x = tf.tensor4d(
    Float32Array.from({ length: 4 * 36 }, (_, i) => {
      const column = i % 6;
      return (Math.floor(i / 36) % 2 === 0) === (column < 3) ? 1 : 0;
    }),
    [4, 6, 6, 1],
  );
  const y = tf.tensor2d([1, 0, 0, 1, 1, 0, 0, 1], [4, 2]);
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [6, 6, 1],
        filters: 4,
        kernelSize: 3,
        activation: "relu",
        kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
      }),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({
        units: 2,
        activation: "softmax",
        kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }),
      }),
    ],
  });
  model.compile({
    optimizer: tf.train.adam(0.02),
    loss: "categoricalCrossentropy",
  });
  const { history } = await model.fit(x, y, { epochs: 30, verbose: 0 });
  const losses = history["loss"] as number[];
  assertGreater(losses[0]!, 0.1);
  assertLess(losses.at(-1)!, 0.05);
  assertEquals(tf.getBackend(), "wasm");
  model.dispose();
  tf.dispose([x, y]);
});

Deno.test("registerTrainingKernels() leaves no tensor and no memory behind", () => {
  const before = tf.memory().numTensors;
  const backend = tf.backend() as unknown as { numDataIds(): number };
  const dataIds = backend.numDataIds();
  tf.tidy(() => {
    const x = tf.tensor4d(values([2, 8, 8, 2], 1), [2, 8, 8, 2]);
    const oneHot = tf.tensor2d([1, 0, 0, 0, 0, 1], [2, 3]);
    const shapes = [[3, 3, 2, 4], [4], [3, 3, 4, 5], [5], [20, 3], [3]];
    const weights = shapes.map((shape) => tf.ones(shape));
    tf.grads((...at: tf.Tensor[]) => lossOf(x, oneHot, at))(weights);
  });
  assertEquals(tf.memory().numTensors, before);
  assertEquals(backend.numDataIds(), dataIds);
});
