import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertLess } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { sumReference } from "@lib/kernels/reference/sum.ts";
import { BUILDS, runGuarded } from "./_guarded.ts";
import { assertClose, onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("sum() adds up the leading axes", () => {
  tf.tidy(() => {
    const x = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    assertEquals([...x.sum([0, 1]).dataSync()], [16, 20]);
    assertEquals(x.sum([0, 1], true).shape, [1, 1, 2]);
    assertEquals([...x.sum().dataSync()], [36]);
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

// The bound of the kernel: blocks of 32 rows are summed in float32.
Deno.test("sum() is within 32 · 2⁻²⁴ of the sum of the magnitudes", async (t) => {
  const rowCounts = [0, 1, 2, 31, 32, 33, 100, 2705];
  for (const columns of [1, 3, 8, 10, 17, 32, 33, 64, 100]) {
    await t.step(`columns=${columns}`, () => {
      for (const rows of rowCounts) {
        const x = values([rows, columns], rows + columns);
        const expected = sumReference(x, columns);
        const magnitudes = sumReference(x.map(Math.abs), columns);
        for (const build of BUILDS) {
          // The scratch is a float64, two words, for each of its columns.
          const { y } = runGuarded(
            build,
            { x, y: columns, sums: 2 * Math.max(columns, 32) },
            "x",
            (kernels, at) =>
              kernels.sumRows(at.x, at.y, at.sums, rows, columns),
          );

          for (const [column, value] of expected.entries()) {
            const error = Math.abs(y[column]! - value);
            const bound = 2 ** -19 * magnitudes[column]! + 1e-30;
            assertLess(
              error,
              bound,
              `${build}, ${rows} rows, column ${column}`,
            );
          }
        }
      }
    });
  }
});

// One after the other in float32, they come to 100958.34.
Deno.test("sum() of a million tenths is a hundred thousand", () => {
  tf.tidy(() => {
    const tenths = tf.fill([1_000_000, 1], 0.1);
    // 2e-6: the bound above.
    assertClose(
      tenths.sum(0).dataSync<"float32">(),
      Float32Array.of(100_000),
      2e-6,
    );
  });
});

Deno.test("sum() carries NaN and infinity to their column alone", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([1, NaN, Infinity, 4, 5, 6, -Infinity, 8], [2, 4]);
    assertEquals([...x.sum(0).dataSync()], [6, NaN, NaN, 12]);
  });
});

Deno.test("sum() of integers stays an integer", () => {
  tf.tidy(() => {
    const total = tf.tensor([1, 2, 3, 4], [2, 2], "int32").sum(0);
    assertEquals(total.dtype, "int32");
    assertEquals([...total.dataSync()], [4, 6]);
  });
});

Deno.test("sum() of no values is 0, or empty", () => {
  tf.tidy(() => {
    assertEquals([...tf.zeros([0, 3]).sum(0).dataSync()], [0, 0, 0]);
    assertEquals(tf.zeros([3, 0]).sum(0).shape, [0]);
    assertEquals([...tf.scalar(5).sum().dataSync()], [5]);
  });
});
