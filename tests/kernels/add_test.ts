import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { addReference } from "@lib/kernels/reference/add.ts";
import { BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import { assertSame, onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("add() adds a bias to every row, from either side", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const bias = tf.tensor1d([10, 20, 30]);
    const expected = [11, 22, 33, 14, 25, 36];
    assertEquals([...x.add(bias).dataSync()], expected);
    assertEquals([...bias.add(x).dataSync()], expected);
  });
});

Deno.test("add() agrees with the loop for any number of columns", () => {
  for (const rows of [0, 1, 5, 50]) {
    for (const columns of [1, 3, 4, 8, 10, 17, 64]) {
      const x = withSpecials(values([rows * columns], rows));
      const bias = withSpecials(values([columns], columns));
      const expected = addReference(x, bias);
      for (const build of BUILDS) {
        const { y } = runGuarded(
          build,
          { x, bias, y: x.length },
          "bias",
          (kernels, at) => kernels.biasAdd(at.x, at.bias, at.y, rows, columns),
        );
        assertSame(y, expected);
      }
    }
  }
});

Deno.test("add() of any shapes and dtypes is what the cpu backend gives", async (t) => {
  const shapes: [number[], number[]][] = [
    [[2, 3, 4], [4]],
    [[4], [2, 3, 4]],
    [[2, 3, 4], [3, 4]],
    [[2, 3, 4], [2, 3, 4]],
    [[2, 3, 4], [1, 4]],
    [[2, 3, 4], [2, 1, 4]],
    [[2, 3, 4], [3, 1]],
    [[2, 3, 1], [4]],
    [[2, 3, 1], [1]],
    [[2, 3], []],
    [[1, 4], [4]],
    [[0, 4], [4]],
  ];
  for (const [a, b] of shapes) {
    for (const dtype of ["float32", "int32"] as const) {
      await t.step(`a=[${a}] b=[${b}] ${dtype}`, async () => {
        const run = () =>
          tf.tidy(() => {
            const tensor = (shape: number[], seed: number) =>
              tf.tensor(values(shape, seed).map((v) => 10 * v), shape)
                .cast(dtype);
            const y = tensor(a, 1).add(tensor(b, 2));
            return {
              shape: y.shape,
              dtype: y.dtype,
              values: [...y.dataSync()],
            };
          });
        assertEquals(run(), await onCpu(run));
      });
    }
  }
});
