import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { sgdReference } from "@lib/kernels/reference/sgd.ts";
import { BUILDS, runGuarded } from "./_guarded.ts";
import { fiftySteps } from "./_optimizer_checks.ts";
import { assertClose, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("sgdStep() moves each weight against its gradient", () => {
  tf.tidy(() => {
    const value = tf.engine().runKernel("SgdStep", {
      value: tf.tensor1d([1, 1, 1, 1]),
      gradient: tf.tensor1d([2, -4, NaN, Infinity]),
    }, { learningRate: 0.5 }) as tf.Tensor;
    assertEquals([...value.dataSync()], [0, 3, NaN, -Infinity]);
  });
});

Deno.test("sgdStep() agrees with the loop at every length", () => {
  for (const length of [0, 1, 3, 4, 7, 64, 1001]) {
    const from = values([length], 1);
    const gradient = values([length], 2);
    const expected = sgdReference(from, gradient, 0.1);
    for (const build of BUILDS) {
      const { to } = runGuarded(
        build,
        { from, gradient, to: length },
        "gradient",
        (kernels, at) => kernels.sgd(at.from, at.gradient, at.to, length, 0.1),
      );

      // 1e-6: two operations in float32.
      assertClose(to, expected, 1e-6);
    }
  }
});

Deno.test("sgdStep() is what tf.train.sgd() makes of 50 steps on the cpu backend", async () => {
  const create = () => tf.train.sgd(0.01);
  const here = await fiftySteps("wasm", create);
  const there = await fiftySteps("cpu", create);
  assertEquals(here.names, there.names);
  // 1e-5: 50 steps of two float32 operations each.
  assertClose(here.numbers, there.numbers, 1e-5);
});

Deno.test("sgdStep() takes a learning rate that was changed, and leaves clones as they were", () => {
  const optimizer = tf.train.sgd(0.5);
  const weight = tf.variable(tf.tensor1d([1]));
  const clone = weight.clone();
  const before = tf.memory().numTensors;
  for (const [rate, expected] of [[0.5, 0.5], [0.25, 0.25]] as const) {
    optimizer.setLearningRate(rate);
    const tensor = tf.tensor1d([1]);
    optimizer.applyGradients({ [weight.name]: tensor });
    tensor.dispose();
    assertEquals([...weight.dataSync()], [expected]);
  }
  assertEquals([...clone.dataSync()], [1]);
  assertEquals(tf.memory().numTensors, before);
  optimizer.dispose();
  tf.dispose([weight, clone]);
});
