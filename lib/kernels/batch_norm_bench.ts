/**
 * Batch normalization as a layer does it in training, moments and gradients
 * included, at the sizes of the networks that are trained here, with the
 * shipped kernels as the baseline: `deno bench lib/kernels`.
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { benchValues, checkResult } from "./_bench_group.ts";
import { batchNorm } from "./batch_norm.ts";
import { batchNormGrad } from "./batch_norm_grad.ts";
import { mean } from "./mean.ts";
import { runShipped } from "./_wasm_backend.ts";
import { registerTrainingKernels, startWasmBackend } from "./mod.ts";
import { batchNormReference } from "./reference/batch_norm.ts";
import { batchNormGradReference } from "./reference/batch_norm_grad.ts";

await startWasmBackend();
// Before the gradient is replaced.
const shippedGradient = tf.getGradient("FusedBatchNorm").gradFunc;
registerTrainingKernels();
const backend = tf.backend() as BackendWasm;

for (const shape of [[16, 26, 26, 32], [128, 26, 26, 32], [128, 11, 11, 64]]) {
  const channels = shape.at(-1)!;
  const size = tf.util.sizeFromShape(shape);
  const row = (seed: number) => tf.tensor1d(benchValues(channels, seed));
  const inputs = {
    x: tf.tensor(benchValues(size, 1), shape),
    mean: row(2),
    variance: row(3).square(),
    scale: row(4),
    offset: row(5),
  };
  const { x, mean: center, variance, scale } = inputs;
  const dy = tf.tensor(benchValues(size, 6), shape);
  const attrs = { varianceEpsilon: 1e-3 };
  const axes = { axis: [0, 1, 2], keepDims: false };
  const gradInputs = { x, dy, mean: center, variance, scale };

  const moments = {
    mean: center.dataSync<"float32">(),
    variance: variance.dataSync<"float32">(),
    scale: scale.dataSync<"float32">(),
    offset: inputs.offset.dataSync<"float32">(),
    epsilon: attrs.varianceEpsilon,
  };
  const values = x.dataSync<"float32">();
  const y = batchNorm(inputs, attrs, backend);
  const expected = batchNormReference(values, moments);
  const gradients = batchNormGrad(gradInputs, attrs, backend);
  const { dx, dScale } = batchNormGradReference(
    values,
    dy.dataSync<"float32">(),
    moments,
  );
  const read = (tensor: tf.TensorInfo) =>
    backend.readSync(tensor.dataId) as Float32Array;
  checkResult(`FusedBatchNorm [${shape}]`, read(y), expected);
  checkResult(`its dx [${shape}]`, read(gradients[0]!), dx);
  checkResult(`its dScale [${shape}]`, read(gradients[3]!), dScale);
  for (const { dataId } of [y, ...gradients]) backend.disposeData(dataId);

  pair(
    `FusedBatchNorm [${shape}]`,
    () => runShipped("FusedBatchNorm", backend, inputs, attrs),
    () => batchNorm(inputs, attrs, backend),
  );
  pair(
    `Mean [${shape}] over [0,1,2]`,
    () => runShipped("Mean", backend, { x }, axes),
    () => mean({ x }, axes, backend),
  );
  Deno.bench({
    name: "shipped",
    group: `gradients of FusedBatchNorm [${shape}]`,
    baseline: true,
    fn: () =>
      tf.tidy(() => {
        const gradients = shippedGradient(
          dy,
          [x, center, variance, scale],
          attrs as unknown as tf.NamedAttrMap,
        );
        for (const gradient of Object.values(gradients)) gradient();
      }),
  });
  Deno.bench({
    name: "one pass",
    group: `gradients of FusedBatchNorm [${shape}]`,
    fn: () => {
      const gradients = batchNormGrad(gradInputs, attrs, backend);
      for (const { dataId } of gradients) backend.disposeData(dataId);
    },
  });
}

function pair(
  group: string,
  shipped: () => tf.TensorInfo,
  ours: () => tf.TensorInfo,
): void {
  for (const [name, run] of Object.entries({ shipped, ours })) {
    const baseline = name === "shipped";
    const fn = () => void backend.disposeData(run().dataId);
    Deno.bench({ name, group, baseline, fn });
  }
}
