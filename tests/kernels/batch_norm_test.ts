import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { kernelCalls } from "./_kernel_calls.ts";
import { assertClose, onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

// By hand: mean 2, variance 4, epsilon 0: (x − 2) / 2 · 3 + 1.
Deno.test("batchNorm() normalizes, scales and shifts each channel", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([0, 2, 4, 7], [4, 1]);
    const y = tf.batchNorm2d(x, [2], [4], [1], [3], 0);
    assertEquals([...y.dataSync()], [-2, 1, 4, 8.5]);
  });
});

// float32 keeps 1000.5 to 6e-5; the deviations from the mean are exact.
Deno.test("mean() and moments() lose nothing to a large mean", () => {
  const rows = 86528;
  const x = values([rows, 3], 1).map((value) => 1000 + value);
  const [mean, variance] = tf.tidy(() => {
    const { mean, variance } = tf.moments(tf.tensor(x, [128, 676, 3]), [0, 1]);
    return [mean.dataSync(), variance.dataSync()] as Float32Array[];
  });
  for (let channel = 0; channel < 3; channel++) {
    const column = x.filter((_, index) => index % 3 === channel);
    const sum = column.reduce((total, value) => total + value, 0);
    const center = sum / rows;
    const squares = column.reduce((total, value) => {
      return total + (value - center) ** 2;
    }, 0);
    const meanError = Math.abs(mean![channel]! - center);
    const varianceError = Math.abs(variance![channel]! - squares / rows);
    // Half a unit in the last place of the sum, 4, over the rows, and half one
    // of the mean, 3e-5.
    assert(meanError < 8e-5, `mean ${channel}: off by ${meanError}`);
    // The error of the mean squared, and float32 squares of up to 1.
    assert(
      varianceError < 1e-7,
      `variance ${channel}: off by ${varianceError}`,
    );
  }
});

Deno.test("batchNorm() and its gradients agree with the cpu backend", async (t) => {
  for (const shape of [[7, 5], [3, 4, 6], [2, 5, 5, 8]]) {
    await t.step(`x=[${shape}]`, async () => {
      const run = () => normalizeAndDifferentiate(shape);
      const here = run();
      const there = await onCpu(run);
      for (const [index, actual] of here.entries()) {
        // 1e-5: sums of up to 50 float32 values.
        assertClose(actual, there[index]!, 1e-5);
      }
    });
  }
});

Deno.test("batchNorm() with moments of another shape agrees with the cpu backend", async () => {
  const run = () =>
    tf.tidy(() => {
      const x = tf.tensor4d(values([2, 3, 4, 5], 1), [2, 3, 4, 5]);
      const moments = tf.moments(x, 0, true); // [1, 3, 4, 5]
      const y = (x: tf.Tensor) =>
        tf.batchNorm(
          x,
          moments.mean.tile([2, 1, 1, 1]),
          moments.variance.tile([2, 1, 1, 1]),
          tf.zerosLike(x),
          tf.onesLike(x),
        );
      return [y(x), tf.grad((x) => y(x).square().sum())(x)]
        .map((tensor) => tensor.dataSync<"float32">().slice());
    });
  const here = run();
  const there = await onCpu(run);
  // 1e-5: divisions by deviations down to 0.03.
  for (const [index, values] of here.entries()) {
    assertClose(values, there[index]!, 1e-5);
  }
});

Deno.test("batchNorm() has gradients of gradients", async () => {
  const run = () =>
    tf.tidy(() => {
      const x = tf.tensor2d(values([6, 3], 1), [6, 3]);
      const slope = tf.grad((x) => normalize(x).pow(3).sum());
      return tf.grad((x) => slope(x).square().sum())(x)
        .dataSync<"float32">().slice();
    });
  // 1e-4: third powers, twice differentiated, of about 100.
  assertClose(run(), await onCpu(run), 1e-4);
});

Deno.test("batchNorm(), mean() and square() take the kernels of one pass where they can", () => {
  const shape = [2, 3, 4, 5];
  const calls = (loss: (x: tf.Tensor) => tf.Tensor) =>
    kernelCalls(() => tf.tidy(() => tf.grad(loss)(tf.ones(shape))));
  const own = calls((x) => normalize(x).sum());
  assertEquals(own.filter((name) => name.endsWith("Grad")), [
    "FusedBatchNormGrad",
    "MeanGrad",
    "SquareGrad",
    "MeanGrad",
  ]);
  assertEquals(own.includes("Tile"), false);
  // Moments of each value: the shipped gradient.
  const wide = calls((x) =>
    tf.batchNorm(
      x,
      tf.ones(shape),
      tf.ones(shape),
      tf.ones(shape),
      tf.ones(shape),
    )
  );
  assertEquals(wide.includes("FusedBatchNormGrad"), false);
  // Axes that are not leading, and those that are.
  assertEquals(calls((x) => x.mean(3)).includes("MeanGrad"), false);
  assertEquals(calls((x) => x.mean()).includes("MeanGrad"), true);
  assertEquals(calls((x) => x.mean([1, 0])).includes("MeanGrad"), true);
  // A gradient that is differentiated itself.
  const second = calls((x) => tf.grad((x) => normalize(x).square().sum())(x));
  assertEquals(second.includes("FusedBatchNormGrad"), true);
  assertEquals(second.includes("Tile"), true);
});

Deno.test("mean() agrees with the cpu backend over any axes", async (t) => {
  const shape = [3, 4, 5, 6];
  for (const axis of [undefined, 0, 3, [0, 1], [1, 0], [0, 1, 2], [1, 2]]) {
    for (const keepDims of [false, true]) {
      await t.step(`axis=${axis} keepDims=${keepDims}`, async () => {
        const run = () =>
          tf.tidy(() => {
            const x = tf.tensor(values(shape, 1), shape);
            const mean = x.mean(axis, keepDims);
            const slope = tf.grad((x) => x.mean(axis, keepDims).square());
            return {
              shape: mean.shape,
              mean: mean.dataSync<"float32">().slice(),
              slope: slope(x).dataSync<"float32">().slice(),
            };
          });
        const here = run();
        const there = await onCpu(run);
        assertEquals(here.shape, there.shape);
        // 1e-6: up to 360 values of at most 1, averaged in another order.
        assertClose(here.mean, there.mean, 1e-6);
        assertClose(here.slope, there.slope, 1e-6);
      });
    }
  }
});

Deno.test("batchNorm() in a layer trains to the same weights and moving statistics as on the cpu backend", async () => {
  const run = async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.batchNormalization({ inputShape: [3, 3, 5] }),
        tf.layers.flatten(),
        tf.layers.dense({
          units: 2,
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
        }),
      ],
    });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
    const x = tf.tensor4d(values([6, 3, 3, 5], 2), [6, 3, 3, 5]);
    const y = tf.tensor2d(values([6, 2], 3), [6, 2]);
    for (let step = 0; step < 5; step++) await model.trainOnBatch(x, y);
    const weights = model.getWeights().map((weight) =>
      weight.dataSync<"float32">().slice()
    );
    model.dispose();
    tf.dispose([x, y]);
    return weights;
  };
  const here = await run();
  await tf.setBackend("cpu");
  const there = await run().finally(() => tf.setBackend("wasm"));
  assertEquals(here.length, 6);
  for (const [index, weights] of here.entries()) {
    // 1e-5: five steps of sums of up to 54 float32 values.
    assertClose(weights, there[index]!, 1e-5);
  }
});

Deno.test("batchNorm() and its gradient leave no tensor and no memory behind", () => {
  const backend = tf.backend() as unknown as { numDataIds(): number };
  const tensors = tf.memory().numTensors;
  const dataIds = backend.numDataIds();
  normalizeAndDifferentiate([2, 5, 5, 8]);
  assertEquals(tf.memory().numTensors, tensors);
  assertEquals(backend.numDataIds(), dataIds);
});

/** Batch normalization as the layer does it, moments of the batch included. */
function normalize(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const { mean, variance } = tf.moments(x, axes) as {
    mean: tf.Tensor1D;
    variance: tf.Tensor1D;
  };
  return tf.batchNorm(x, mean, variance, tf.zerosLike(mean), tf.onesLike(mean));
}

/** y, and the gradients of Σ y³ by x, mean, variance, offset and scale. */
function normalizeAndDifferentiate(shape: number[]): Float32Array[] {
  return tf.tidy(() => {
    const channels = shape.at(-1)!;
    const inputs: tf.Tensor[] = [
      tf.tensor(values(shape, 1), shape),
      tf.tensor1d(values([channels], 2)),
      tf.tensor1d(values([channels], 3)).square().add(0.1),
      tf.tensor1d(values([channels], 4)),
      tf.tensor1d(values([channels], 5)),
    ];
    const y = (...inputs: tf.Tensor[]) => {
      const [x, mean, variance, offset, scale] = inputs as [
        tf.Tensor,
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
      ];
      return tf.batchNorm(x, mean, variance, offset, scale, 1e-2);
    };
    const gradients = tf.grads((...inputs) => y(...inputs).pow(3).sum());
    return [y(...inputs), ...gradients(inputs)]
      .map((tensor) => tensor.dataSync<"float32">().slice());
  });
}
