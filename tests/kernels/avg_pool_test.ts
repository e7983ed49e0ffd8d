import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { poolSizes } from "@lib/kernels/_pool_info.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { avgPoolReference } from "@lib/kernels/reference/avg_pool.ts";
import { type Build, BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import {
  assertClose,
  assertSame,
  onCpu,
  runKernel,
  values,
} from "./_parity.ts";
import { poolCases } from "./_pool_cases.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("avgPool() gives the mean of each window", () => {
  const x = Float32Array.of(1, 2, 5, -6, 4, 3, 7, 8); // [1,2,4,1]
  const y = runKernel("AvgPool", { x: [x, [1, 2, 4, 1]] }, {
    filterSize: 2,
    strides: 2,
    pad: "valid",
  });
  assertEquals([...y], [2.5, 3.5]);
});

// By hand, padded to the right: (1 + 2) / 2, (2 + 6) / 2, 6 / 1.
Deno.test("avgPool() does not count the padding", () => {
  const y = runKernel("AvgPool", {
    x: [Float32Array.of(1, 2, 6), [1, 1, 3, 1]],
  }, {
    filterSize: [1, 2],
    strides: 1,
    pad: "same",
  });
  assertEquals([...y], [1.5, 4, 6]);
});

// Shipped, a window that holds padding only is left as the memory was.
Deno.test("avgPool() gives NaN for a window of padding", () => {
  const y = runKernel("AvgPool", { x: [Float32Array.of(7), [1, 1, 1, 1]] }, {
    filterSize: 1,
    strides: 1,
    pad: [[0, 0], [1, 0], [0, 0], [0, 0]],
  });
  assertEquals([...y], [NaN, 7]);
});

Deno.test("avgPool() agrees with the loops and the cpu backend", async (t) => {
  for (const [index, { name, x, attrs, info }] of poolCases().entries()) {
    await t.step(name, async () => {
      const data = values(x, index);
      const expected = avgPoolReference(data, info);
      const run = () => runKernel("AvgPool", { x: [data, x] }, { ...attrs });
      // 1e-6: up to nine float32 values of at most 1, summed in float32.
      assertSame(run(), expected, 1e-6);
      assertSame(await onCpu(run), expected, 1e-6);
      const pool = (build: Build, x: Float32Array) =>
        runGuarded(
          build,
          { x, y: expected.length },
          "x",
          (kernels, at) => kernels.avgPool(at.x, at.y, ...poolSizes(info)),
        ).y;
      for (const build of BUILDS) {
        assertSame(pool(build, data), expected, 1e-6);
      }
      const special = withSpecials(data);
      assertSame(
        pool("strict", special),
        avgPoolReference(special, info),
        1e-6,
      );
    });
  }
});

// 576 values near 1000: added one to the next, the last bits would be lost.
Deno.test("avgPool() keeps the precision of a large window", () => {
  const x = values([24, 24], 5).map((value) => 1000 + value);
  const y = runKernel("AvgPool", { x: [x, [1, 24, 24, 1]] }, {
    filterSize: 24,
    strides: 24,
    pad: "valid",
  });
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  // Two spacings of float32 at 1000.
  assertClose(y, Float32Array.of(mean), 1.3e-7);
});

// TensorFlow.js does not tell the gradient how the size was rounded.
Deno.test("avgPool() and its gradient take a last window that sticks out", () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1, 2, 3, 4, 5], [1, 1, 5, 1]);
    const pool = (at: tf.Tensor) =>
      tf.avgPool(at as tf.Tensor4D, [1, 2], 2, 0, "ceil");
    assertEquals([...pool(x).dataSync()], [1.5, 3.5, 5]);
    assertEquals([...tf.grad(pool)(x).dataSync()], [0.5, 0.5, 0.5, 0.5, 1]);
  });
});
