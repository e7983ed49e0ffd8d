import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import {
  createTensor,
  readTensor,
  startWasmBackend,
} from "@lib/kernels/mod.ts";

for (const backend of ["wasm", "cpu"]) {
  Deno.test(`createTensor() makes what readTensor() reads, on ${backend}`, async () => {
    await startWasmBackend();
    try {
      await tf.setBackend(backend);
      const { numTensors } = tf.memory();
      tf.tidy(() => {
        const x = createTensor([2, 3], (values) => {
          values.set([1, 2, 3, 4, 5, 6]);
        });
        assertEquals([x.shape, x.dtype], [[2, 3], "float32"]);
        assertEquals([...x.mul(2).dataSync()], [2, 4, 6, 8, 10, 12]);
        assertEquals([...readTensor(x.reshape([6]))], [1, 2, 3, 4, 5, 6]);
        assertEquals([...readTensor(createTensor([0], () => {}))], []);
      });
      assertEquals(tf.memory().numTensors, numTensors);
    } finally {
      await tf.setBackend("wasm");
    }
  });
}
