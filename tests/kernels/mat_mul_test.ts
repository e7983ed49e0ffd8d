import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { matMulReference } from "@lib/kernels/reference/mat_mul.ts";
import { assertClose, onCpu, runKernel, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("batchMatMul() is right after a reshape of what was multiplied before", () => {
  tf.tidy(() => {
    const b = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const y = tf.tensor2d([1, 1], [1, 2]);
    const x = tf.tensor2d([1, 1, 1], [1, 3]);
    assertEquals([...tf.matMul(y, b).dataSync()], [5, 7, 9]);
    assertEquals([...tf.matMul(x, b.reshape([3, 2])).dataSync()], [9, 12]);
    assertEquals([...tf.matMul(y, b).dataSync()], [5, 7, 9]);
  });
});

Deno.test("batchMatMul() agrees with the loops and the cpu backend", async (t) => {
  const sizes = [[1, 1, 1], [2, 3, 4], [7, 49, 5], [64, 100, 10], [3, 1, 50]];
  let seed = 0;
  for (const batch of [1, 3]) {
    for (const [rows, inner, columns] of sizes as [number, number, number][]) {
      for (const [transposeA, transposeB] of TRANSPOSES) {
        const shape = { batch, rows, inner, columns, transposeA, transposeB };
        await t.step(JSON.stringify(shape), async () => {
          const aShape = [batch, ...side(rows, inner, transposeA)];
          const bShape = [batch, ...side(inner, columns, transposeB)];
          const a = values(aShape, ++seed);
          const b = values(bShape, seed + 1000);
          const run = () =>
            runKernel("BatchMatMul", { a: [a, aShape], b: [b, bShape] }, {
              transposeA,
              transposeB,
            });
          const product = run();
          // 1e-5: up to 100 float32 products, summed in another order.
          assertClose(product, matMulReference(a, b, shape), 1e-5);
          assertClose(product, await onCpu(run), 1e-5);
        });
      }
    }
  }
});

Deno.test("batchMatMul() broadcasts leading axes of size 1", () => {
  tf.tidy(() => {
    const a = tf.tensor([1, 2, 3, 4], [2, 1, 1, 2]);
    const b = tf.tensor([1, 0, 0, 1, 2, 0, 0, 2, 3, 0, 0, 3], [1, 3, 2, 2]);
    const product = tf.matMul(a, b);
    assertEquals(product.shape, [2, 3, 1, 2]);
    assertEquals(
      [...product.dataSync()],
      [1, 2, 2, 4, 3, 6, 3, 4, 6, 8, 9, 12],
    );
  });
});

Deno.test("batchMatMul() rejects inner sizes that differ", () => {
  assertThrows(
    () => tf.matMul(tf.ones([2, 3]), tf.ones([4, 5])),
    TypeError,
    "Cannot multiply matrices as the inner sizes must be equal: current shapes are [2,3] and [4,5] with transposeA=false, transposeB=false",
  );
});

Deno.test("fusedMatMul() adds the bias once to each row, also when transposed", () => {
  const product = tf.tidy(() =>
    tf.fused.matMul({
      a: tf.ones<tf.Rank.R2>([2, 100]),
      b: tf.ones<tf.Rank.R2>([3, 100]),
      transposeB: true,
      bias: tf.tensor1d([1, 2, 3]),
    }).dataSync()
  );
  assertEquals([...product], [101, 102, 103, 101, 102, 103]);
});

Deno.test("fusedMatMul() keeps products of one matrix with other biases apart", () => {
  tf.tidy(() => {
    const a = tf.ones<tf.Rank.R2>([1, 2]);
    const b = tf.ones<tf.Rank.R2>([2, 2]);
    const product = (bias?: number[]) => [
      ...tf.fused.matMul({
        a,
        b,
        ...(bias ? { bias: tf.tensor1d(bias) } : {}),
        activation: bias ? "relu" : "linear",
      }).dataSync(),
    ];
    assertEquals(product([1, 2]), [3, 4]);
    assertEquals(product([-5, 3]), [0, 5]);
    assertEquals(product(), [2, 2]);
    assertEquals([...tf.matMul(a, b).dataSync()], [2, 2]);
  });
});

Deno.test("fusedMatMul() agrees with the cpu backend", async (t) => {
  const activations = [
    "linear",
    "relu",
    "relu6",
    "sigmoid",
    "elu",
    "leakyrelu",
    "prelu",
  ];
  let seed = 0;
  for (const activation of activations) {
    for (const batch of [1, 2]) {
      for (const [transposeA, transposeB] of TRANSPOSES) {
        const name = JSON.stringify({
          activation,
          batch,
          transposeA,
          transposeB,
        });
        await t.step(name, async () => {
          const aShape = [batch, ...side(4, 60, transposeA)];
          const bShape = [batch, ...side(60, 7, transposeB)];
          const a = values(aShape, ++seed);
          const b = values(bShape, seed + 1000);
          const bias = values([7], seed + 2000);
          const weights = values([7], seed + 3000);
          const run = () =>
            runKernel("_FusedMatMul", {
              a: [a, aShape],
              b: [b, bShape],
              bias: [bias, [7]],
              ...(activation === "prelu"
                ? { preluActivationWeights: [weights, [7]] }
                : {}),
            }, { transposeA, transposeB, activation, leakyreluAlpha: 0.2 });
          // 1e-5: 60 float32 products, summed in another order.
          assertClose(run(), await onCpu(run), 1e-5);
        });
      }
    }
  }
});

const TRANSPOSES = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

function side(height: number, width: number, transposed: boolean): number[] {
  return transposed ? [width, height] : [height, width];
}
