import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { poolSizes } from "@lib/kernels/_pool_info.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { maxPoolReference } from "@lib/kernels/reference/max_pool.ts";
import { BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import { assertSame, onCpu, runKernel, values } from "./_parity.ts";
import { poolCases } from "./_pool_cases.ts";

await startWasmBackend();
registerTrainingKernels();

/** A 2×2 pooling of one 2×4 image with one channel. */
function pool(x: number[]): number[] {
  return [...runKernel("MaxPool", {
    x: [Float32Array.from(x), [1, 2, 4, 1]],
  }, { filterSize: 2, strides: 2, pad: "valid" })];
}

Deno.test("maxPool() gives the maximum of each window", () => {
  assertEquals(
    pool(
      // deno-fmt-ignore
      [1, 2, -5, -6,
       4, 3, -7, -8],
    ),
    [4, -5],
  );
});

// Shipped, the first of these windows gives -Infinity.
Deno.test("maxPool() never takes a NaN for a maximum", () => {
  assertEquals(pool([NaN, 1, 2, NaN, NaN, NaN, NaN, NaN]), [1, 2]);
  assertEquals(
    pool([NaN, NaN, -Infinity, 0, NaN, NaN, Infinity, NaN]),
    [-Infinity, Infinity],
  );
});

// Shipped, a window that holds padding only is left as the memory was.
Deno.test("maxPool() gives -Infinity for a window of padding", () => {
  const y = runKernel("MaxPool", { x: [Float32Array.of(7), [1, 1, 1, 1]] }, {
    filterSize: 1,
    strides: 1,
    pad: [[0, 0], [1, 0], [0, 0], [0, 0]],
  });
  assertEquals([...y], [-Infinity, 7]);
});

Deno.test("maxPool() agrees with the loops and the cpu backend", async (t) => {
  for (const [index, { name, x, attrs, info }] of poolCases().entries()) {
    await t.step(name, async () => {
      const data = withSpecials(values(x, index));
      const expected = maxPoolReference(data, info);
      const run = () => runKernel("MaxPool", { x: [data, x] }, { ...attrs });
      assertSame(run(), expected);
      // A 1×1 window hands the image on there, NaN and all.
      if (info.filterHeight * info.filterWidth > 1) {
        assertSame(await onCpu(run), expected);
      }
      for (const build of BUILDS) {
        const { y } = runGuarded(
          build,
          { x: data, y: expected.length },
          "x",
          (kernels, at) => kernels.maxPool(at.x, at.y, ...poolSizes(info)),
        );
        assertSame(y, expected);
      }
    });
  }
});

Deno.test("maxPool() of no image is empty", () => {
  const y = tf.tidy(() =>
    tf.maxPool(tf.zeros<tf.Rank.R4>([0, 4, 4, 3]), 2, 2, "valid")
  );
  assertEquals(y.shape, [0, 2, 2, 3]);
  assertEquals(y.dataSync().length, 0);
  y.dispose();
});

Deno.test("maxPool() leaves integers to the shipped kernel, which rejects them", () => {
  assertThrows(
    () =>
      tf.tidy(() =>
        tf.maxPool(tf.ones<tf.Rank.R4>([1, 2, 2, 1], "int32"), 2, 2, "valid")
      ),
    Error,
    "Error in MaxPool: only float32 input is supported. Got int32.",
  );
});

// TensorFlow.js does not tell the gradient how the size was rounded.
Deno.test("maxPool() and its gradient take a last window that sticks out", () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1, 2, 3, 4, 5], [1, 1, 5, 1]);
    const pool = (at: tf.Tensor) =>
      tf.maxPool(at as tf.Tensor4D, [1, 2], 2, 0, "ceil");
    assertEquals([...pool(x).dataSync()], [2, 4, 5]);
    assertEquals([...tf.grad(pool)(x).dataSync()], [0, 1, 0, 1, 1]);
  });
});
