import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";

// The first test here, as what is started stays so.
Deno.test({
  name: "startWasmBackend() makes WASM the backend, without any permission",
  permissions: "none",
  fn: async () => {
    assertNotEquals(tf.getBackend(), "wasm");
    await startWasmBackend();
    assertEquals(tf.getBackend(), "wasm");
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]]))
        .dataSync<"float32">()
    );
    assertEquals([...product], [19, 22, 43, 50]);
  },
});

Deno.test("startWasmBackend() keeps a backend that runs, and its tensors", async () => {
  await startWasmBackend();
  const backend = tf.backend();
  const x = tf.tensor1d([1, 2]);
  await startWasmBackend();
  assertStrictEquals(tf.backend(), backend);
  assertEquals([...x.dataSync()], [1, 2]);
  x.dispose();
});

Deno.test("startWasmBackend() returns to WASM from another backend", async () => {
  await tf.setBackend("cpu");
  await startWasmBackend();
  assertEquals(tf.getBackend(), "wasm");
});

Deno.test("startWasmBackend() starts with SIMD", async () => {
  await startWasmBackend();
  assertEquals(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"), true);
});
