import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { kernelCases } from "@lib/bench/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

await startWasmBackend();
registerTrainingKernels();

/** Images of noise. */
function noise(size: number) {
  const random = createRandom(5);
  const labels = Uint8Array.from({ length: size }, (_, i) => i % 10);
  const oneHot = new Float32Array(size * 10);
  for (const [i, label] of labels.entries()) oneHot[i * 10 + label] = 1;
  const images = Float32Array.from({ length: size * 784 }, random.next);
  return { images, oneHot, labels, size };
}

// A pass of conv 1 on 2 images: 2 · 26·26·32 · 3·3·1 products, two operations
// each; of conv 2: 2 · 11·11·64 · 3·3·32. Parameters: 34,826.
Deno.test("kernelCases() counts the operations of the definition", () => {
  const { cases, close } = kernelCases(noise(2), 7);
  const conv1 = 2 * 2 * 26 * 26 * 32 * 9;
  const conv2 = 2 * 2 * 11 * 11 * 64 * 288;
  assertEquals(
    cases.map(({ name, group, flop }) => [group, name, flop]),
    [
      ["step", "layer 1 forward", conv1],
      ["step", "layer 1 filter gradient", conv1],
      ["step", "layer 2 forward", conv2],
      ["step", "layer 2 filter and input gradient", 2 * conv2],
      ["dense", "conv 1 forward", conv1],
      ["dense", "conv 1 filter gradient", conv1],
      ["dense", "conv 2 forward", conv2],
      ["dense", "conv 2 filter gradient", conv2],
      ["dense", "conv 2 input gradient", conv2],
      ["other", "max pool", 2 * 26 * 26 * 32],
      ["other", "max pool gradient", 2 * 26 * 26 * 32],
      ["other", "dense forward", 2 * 2 * 1600 * 10],
      ["other", "dense weight gradient", 2 * 2 * 1600 * 10],
      ["other", "dense input gradient", 2 * 2 * 1600 * 10],
      ["other", "Adam", 12 * 34826],
    ],
  );
  close();
});

Deno.test("kernelCases() counts what is left out of them", () => {
  const { cases, close } = kernelCases(noise(2), 7);
  const shares = new Map(
    cases.map((each) => [each.name, each.done / each.flop]),
  );
  // Four tiles of 49 products in place of 11·11 pixels of 9.
  assertAlmostEquals(shares.get("layer 2 forward")!, 196 / 1089);
  assertEquals(shares.get("layer 1 forward"), 1);
  assertEquals(shares.get("conv 2 forward"), 1);
  // One of four pixels wins a pool, and of 11·11 pixels 5·5 are left.
  const first = shares.get("layer 1 filter gradient")!;
  assert(first > 0 && first <= 0.25);
  const second = shares.get("layer 2 filter and input gradient")!;
  // Half of those are dropped, give or take 2 % of them.
  assert(second > 0 && second <= 25 / 121 * 0.55);
  assertEquals(shares.get("conv 2 input gradient"), 1);
  close();
});

Deno.test("kernelCases() frees all tensors but the optimizer's", () => {
  const before = tf.memory().numTensors;
  const { cases, close } = kernelCases(noise(2), 7);
  for (const { run } of cases) run();
  const after = tf.memory().numTensors;
  for (const { run } of cases) run();
  assertEquals(tf.memory().numTensors, after);
  close();
  assertEquals(tf.memory().numTensors, before);
});
