import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { assertClose, onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("sum() adds up the leading axes", () => {
  tf.tidy(() => {
    const x = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    assertEquals([...x.sum([0, 1]).dataSync()], [16, 20]);
    assertEquals(x.sum([0, 1], true).shape, [1, 1, 2]);
  });
});

Deno.test("sum() agrees with the cpu backend over any axes", async (t) => {
  const shape = [3, 4, 5, 6];
  const x = values(shape, 1);
  const axes = [undefined, 0, 3, -1, [0, 1], [1, 0], [0, 1, 2], [1, 2], [0, 3]];
  for (const axis of axes) {
    for (const keepDims of [false, true]) {
      await t.step(`axis=${axis} keepDims=${keepDims}`, async () => {
        const run = () =>
          tf.tidy(() => {
            const result = tf.tensor(x, shape).sum(axis, keepDims);
            return {
              shape: result.shape,
              values: result.dataSync<"float32">(),
            };
          });
        const here = run();
        const there = await onCpu(run);
        assertEquals(here.shape, there.shape);
        // 1e-5: up to 360 float32 values, summed in another order.
        assertClose(here.values, there.values, 1e-5);
      });
    }
  }
});

Deno.test("sum() of integers stays an integer", () => {
  tf.tidy(() => {
    const total = tf.tensor([1, 2, 3, 4], [2, 2], "int32").sum(0);
    assertEquals(total.dtype, "int32");
    assertEquals([...total.dataSync()], [4, 6]);
  });
});
