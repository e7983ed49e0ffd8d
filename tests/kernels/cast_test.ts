import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStrictEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("cast() to its own dtype shares the memory", () => {
  const x = tf.tensor1d([1.5, 2]);
  const same = x.cast("float32");
  assertStrictEquals(same.dataId, x.dataId);
  x.dispose();
  assertEquals([...same.dataSync()], [1.5, 2]);
  same.dispose();
});

Deno.test("cast() to another dtype converts, as shipped", () => {
  tf.tidy(() => {
    const x = tf.tensor1d([-1.5, 0, 2.9]);
    assertEquals([...x.cast("int32").dataSync()], [-1, 0, 2]);
    assertEquals(
      [...tf.tensor1d([true, false], "bool").cast("float32").dataSync()],
      [1, 0],
    );
  });
});
