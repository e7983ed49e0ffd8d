/**
 * The products of the dense layers at the sizes of the networks that are
 * trained here, forward and both gradients, with the shipped kernel as the
 * baseline: `deno bench lib/kernels`.
 */

import * as tf from "@tensorflow/tfjs";
import { benchValues, checkResult, startBench } from "./_bench_group.ts";
import { runShipped } from "./_wasm_backend.ts";
import { matMulReference, type MatMulShape } from "./reference/mat_mul.ts";

const backend = await startBench();

for (const batchSize of [16, 128]) {
  for (const units of [10, 128]) {
    const sizes: [rows: number, inner: number, columns: number][] = [
      [batchSize, 1600, units],
      [1600, batchSize, units],
      [batchSize, units, 1600],
    ];
    for (const [index, [rows, inner, columns]] of sizes.entries()) {
      group({
        batch: 1,
        rows,
        inner,
        columns,
        transposeA: index === 1,
        transposeB: index === 2,
      });
    }
  }
}
group({
  batch: 8,
  rows: 49,
  inner: 32,
  columns: 49,
  transposeA: false,
  transposeB: true,
});

function group(shape: MatMulShape): void {
  const { batch, rows, inner, columns, transposeA, transposeB } = shape;
  const a = tf.tensor(
    benchValues(batch * rows * inner, 1),
    transposeA ? [batch, inner, rows] : [batch, rows, inner],
  );
  const b = tf.tensor(
    benchValues(batch * inner * columns, 2),
    transposeB ? [batch, columns, inner] : [batch, inner, columns],
  );
  const name = `${batch} × [${rows},${inner}]${transposeA ? "ᵀ" : ""} × ` +
    `[${inner},${columns}]${transposeB ? "ᵀ" : ""}`;
  const ours = () => tf.matMul(a, b, transposeA, transposeB);
  const product = ours();
  checkResult(
    name,
    product.dataSync<"float32">(),
    matMulReference(
      a.dataSync<"float32">(),
      b.dataSync<"float32">(),
      shape,
    ),
  );
  product.dispose();
  const attrs = { transposeA, transposeB };
  Deno.bench({
    name: "shipped",
    group: name,
    baseline: true,
    fn: () => {
      const product = runShipped("BatchMatMul", backend, { a, b }, attrs);
      backend.disposeData(product.dataId);
    },
  });
  Deno.bench({ name: "gemm", group: name, fn: () => ours().dispose() });
}
