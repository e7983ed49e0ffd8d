import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  address,
  wasmExports,
  withScratch,
} from "@lib/kernels/_wasm_module.ts";
import { matMulReference } from "@lib/kernels/reference/mat_mul.ts";
import { kernelCalls } from "./_kernel_calls.ts";
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

Deno.test("batchMatMul() sums nothing to 0", () => {
  tf.tidy(() => {
    const product = tf.matMul(tf.zeros([2, 3, 0]), tf.zeros([2, 0, 4]));
    assertEquals(product.shape, [2, 3, 4]);
    assertEquals([...product.dataSync()], new Array(24).fill(0));
    assertEquals(tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 4])).shape, [0, 4]);
  });
});

Deno.test("batchMatMul() rejects what is not float32", () => {
  assertThrows(
    () => tf.matMul(tf.ones([2, 3], "int32"), tf.ones([3, 2], "int32")),
    TypeError,
    "Cannot multiply matrices as their dtype must be float32: current dtypes are int32 and int32",
  );
});

Deno.test("fusedMatMul() adds a bias of one value to every column", () => {
  const product = tf.tidy(() =>
    tf.fused.matMul({
      a: tf.ones<tf.Rank.R2>([2, 3]),
      b: tf.ones<tf.Rank.R2>([3, 5]),
      bias: tf.tensor1d([7]),
    }).dataSync()
  );
  assertEquals([...product], new Array(10).fill(10));
});

Deno.test("fusedMatMul() of nothing is the bias", () => {
  const product = tf.tidy(() =>
    tf.fused.matMul({
      a: tf.zeros<tf.Rank.R2>([2, 0]),
      b: tf.zeros<tf.Rank.R2>([0, 2]),
      bias: tf.tensor1d([-1, 2]),
      activation: "relu",
    }).dataSync()
  );
  assertEquals([...product], [0, 2, 0, 2]);
});

Deno.test("fusedMatMul() agrees with the loops", () => {
  for (const [transposeA, transposeB] of TRANSPOSES) {
    const shape = {
      batch: 2,
      rows: 3,
      inner: 100,
      columns: 5,
      transposeA,
      transposeB,
    };
    const aShape = [2, ...side(3, 100, transposeA)];
    const bShape = [2, ...side(100, 5, transposeB)];
    const a = values(aShape, 1);
    const b = values(bShape, 2);
    const bias = values([5], 3);
    const product = runKernel(
      "_FusedMatMul",
      { a: [a, aShape], b: [b, bShape], bias: [bias, [5]] },
      { transposeA, transposeB, activation: "linear" },
    );
    // 1e-5: 100 float32 products, summed in another order.
    assertClose(product, matMulReference(a, b, shape, bias), 1e-5);
  }
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

Deno.test("fusedMatMul() broadcasts a bias that is no row", async () => {
  const a = values([2, 3, 4], 1);
  const b = values([2, 4, 3], 2);
  // One value a row of the product, [3, 1], for all columns.
  const bias = values([3, 1], 3);
  const run = () =>
    runKernel("_FusedMatMul", {
      a: [a, [2, 3, 4]],
      b: [b, [2, 4, 3]],
      bias: [bias, [3, 1]],
    }, { transposeA: false, transposeB: false, activation: "relu" });
  const product = run();
  // 1e-6: four float32 products.
  assertClose(product, await onCpu(run), 1e-6);
  assertEquals(product.some((value) => value === 0), true);
});

Deno.test("fusedMatMul() leaves to other kernels what the product does not end with", () => {
  const called = (activation: string, biasShape: number[]) =>
    kernelCalls(() =>
      runKernel("_FusedMatMul", {
        a: [values([1, 2, 3], 1), [1, 2, 3]],
        b: [values([1, 3, 4], 2), [1, 3, 4]],
        bias: [values(biasShape, 3), biasShape],
        preluActivationWeights: [values([4], 4), [4]],
      }, { transposeA: false, transposeB: false, activation })
    );
  assertEquals(called("linear", [4]), ["_FusedMatMul"]);
  assertEquals(called("relu", [4]), ["_FusedMatMul"]);
  assertEquals(called("relu", [1]), ["_FusedMatMul"]);
  assertEquals(called("relu", [2, 1]), ["_FusedMatMul", "Add", "Relu"]);
  assertEquals(called("relu6", [4]), ["_FusedMatMul", "Relu6"]);
  assertEquals(called("sigmoid", [4]), ["_FusedMatMul", "Sigmoid"]);
  assertEquals(called("elu", [4]), ["_FusedMatMul", "Elu"]);
  assertEquals(called("leakyrelu", [4]), ["_FusedMatMul", "LeakyRelu"]);
  assertEquals(called("prelu", [4]), ["_FusedMatMul", "Prelu"]);
});

// The shipped product adds in another order, so that the bits tell them apart.
Deno.test("batchMatMul() and fusedMatMul() run gemm() in every case", () => {
  const backend = tf.backend() as BackendWasm;
  for (const [transposeA, transposeB] of TRANSPOSES) {
    for (const batch of [1, 3]) {
      const aShape = [batch, ...side(7, 90, transposeA)];
      const bShape = [batch, ...side(90, 10, transposeB)];
      tf.tidy(() => {
        const a = tf.tensor(values(aShape, 1), aShape);
        const b = tf.tensor(values(bShape, 2), bShape);
        const expected = tf.zeros([batch, 7, 10]);
        const { gemm, gemmScratch } = wasmExports(backend);
        for (let n = 0; n < batch; n++) {
          withScratch(backend, gemmScratch(90, 10), (scratch) =>
            gemm(
              address(backend, a) + n * 7 * 90 * 4,
              transposeA ? 1 : 90,
              transposeA ? 7 : 1,
              address(backend, b) + n * 90 * 10 * 4,
              transposeB ? 1 : 10,
              transposeB ? 90 : 1,
              address(backend, expected) + n * 7 * 10 * 4,
              7,
              90,
              10,
              0,
              false,
              scratch,
            ));
        }
        const bits = expected.dataSync();
        const attrs = { transposeA, transposeB };
        for (const name of ["BatchMatMul", "_FusedMatMul"]) {
          const product = tf.engine().runKernel(name, { a, b }, {
            ...attrs,
            activation: "linear",
          }) as tf.Tensor;
          assertEquals(product.dataSync(), bits);
        }
      });
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
