import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStrictEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("identity() shares the memory of what it is a clone of", () => {
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const clone = x.clone();
  assertStrictEquals(clone.dataId, x.dataId);
  assertEquals(clone.shape, [2, 2]);
  tf.dispose([x, clone]);
});

Deno.test("identity() gives a clone that outlives what it was made from", () => {
  const before = tf.memory();
  const x = tf.tensor1d([1, 2, 3]);
  const clone = x.clone();
  x.dispose();
  assertEquals([...clone.dataSync()], [1, 2, 3]);
  clone.dispose();
  assertEquals(tf.memory().numTensors, before.numTensors);
  assertEquals(tf.memory().numDataBuffers, before.numDataBuffers);
});

Deno.test("identity() keeps strings, and what a variable had before it changed", () => {
  tf.tidy(() => {
    const words = tf.tensor1d(["a", "b"], "string").clone();
    assertEquals([...words.dataSync()], ["a", "b"]);
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const old = variable.clone();
    variable.assign(tf.tensor1d([3, 4]));
    assertEquals([...old.dataSync()], [1, 2]);
    variable.dispose();
  });
});

Deno.test("identity() follows a clone to another backend and back", async () => {
  const x = tf.tensor1d([1, 2, 3]);
  const clone = x.clone();
  await tf.setBackend("cpu");
  const doubled = x.add(clone);
  x.dispose();
  await tf.setBackend("wasm");
  assertEquals([...doubled.dataSync()], [2, 4, 6]);
  assertEquals([...clone.add(1).dataSync()], [2, 3, 4]);
  tf.dispose([clone, doubled]);
});
