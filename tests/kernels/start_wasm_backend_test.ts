import * as tf from "@tensorflow/tfjs";
import {
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
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

// The last test here, as it takes the backend away.
Deno.test("startWasmBackend() says so where the backend does not start", async () => {
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => Promise.reject(new Error("no memory")));
  const warn = console.warn;
  console.warn = () => {}; // TensorFlow.js tells of it as well
  try {
    await assertRejects(
      () => startWasmBackend(),
      Error,
      "Cannot start TensorFlow.js as its WASM backend must be set up: it does not start",
    );
  } finally {
    console.warn = warn;
  }
});
