import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { composedTrainer } from "@lib/bench/composed_trainer.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

/** Two batches of noise. */
function noise() {
  const random = createRandom(5);
  return {
    images: Uint8Array.from({ length: 4 * 784 }, random.uint32),
    labels: Uint8Array.of(1, 2, 3, 4),
  };
}

Deno.test("composedTrainer() trains on what was shipped, but for the gradients of convolutions", async () => {
  await startWasmBackend();
  const shippedNames = tf.getKernelsForBackend("wasm")
    .map(({ kernelName }) => kernelName);
  const ran = new Set<string>();
  const watched = new Map(shippedNames.map((name) => [name, watch(name, ran)]));
  const gradients = ["Conv2D", "MaxPool", "Relu", "Mean", "Square"].map(
    (name) => tf.getGradient(name),
  );
  const { applyGradients } = tf.AdamOptimizer.prototype;

  const step = await composedTrainer({ digits: noise(), batch: 2, seed: 7 });
  const losses = [await step(), await step()];
  assert(losses.every((loss) => loss > 0 && loss < Infinity));

  const replaced = tf.getKernelsForBackend("wasm")
    .filter((kernel) => watched.get(kernel.kernelName) !== kernel)
    .map(({ kernelName }) => kernelName);
  assertEquals(replaced.sort(), [
    "Conv2DBackpropFilter",
    "Conv2DBackpropInput",
  ]);
  assertEquals(
    gradients,
    gradients.map(({ kernelName }) => tf.getGradient(kernelName)),
  );
  assertEquals(tf.AdamOptimizer.prototype.applyGradients, applyGradients);
  // Sqrt is Adam's, and Reverse the composed input gradient's.
  for (
    const name of ["Conv2D", "MaxPool", "MaxPoolGrad", "Sum", "Sqrt", "Reverse"]
  ) assert(ran.has(name), `${name} of TensorFlow.js has not run`);
  // It throws where one of this project's own kernels has run.
  registerTrainingKernels({ strict: true });
});

/** Notes in `ran` when the kernel runs. */
function watch(kernelName: string, ran: Set<string>): tf.KernelConfig {
  const shipped = tf.getKernel(kernelName, "wasm");
  const kernel = {
    ...shipped,
    kernelFunc: (params: Parameters<tf.KernelFunc>[0]) => {
      ran.add(kernelName);
      return shipped.kernelFunc(params);
    },
  };
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel(kernel);
  return kernel;
}
