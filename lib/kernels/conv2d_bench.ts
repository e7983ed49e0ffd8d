/**
 * The forward convolutions at the sizes of the networks that are trained here,
 * with the shipped kernel as the baseline: `deno bench lib/kernels`.
 */

import * as tf from "@tensorflow/tfjs";
import { benchValues, checkResult, startBench } from "./_bench_group.ts";
import { runShipped } from "./_wasm_backend.ts";
import { convReluPool } from "./mod.ts";
import { conv2dReference } from "./reference/conv2d.ts";
import { convReluPoolReference } from "./reference/conv_relu_pool.ts";

const backend = await startBench();

type Shape = [number, number, number, number];

const SHAPES: { x: Shape; filter: Shape }[] = [
  { x: [16, 28, 28, 1], filter: [3, 3, 1, 32] },
  { x: [16, 13, 13, 32], filter: [3, 3, 32, 64] },
];

for (const shapes of SHAPES) {
  const x = tf.tensor4d(
    benchValues(tf.util.sizeFromShape(shapes.x), 1),
    shapes.x,
  );
  const filter = tf.tensor4d(
    benchValues(tf.util.sizeFromShape(shapes.filter), 2),
    shapes.filter,
  );
  const bias = tf.tensor1d(benchValues(shapes.filter[3], 3));
  const info = tf.backend_util
    .computeConv2DInfo(shapes.x, shapes.filter, 1, 1, "valid");
  const group = `[${shapes.x}] with [${shapes.filter}]`;
  const attrs = {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    dilations: 1,
  } as const;

  const shipped = () => {
    const y = runShipped("Conv2D", backend, { x, filter }, attrs);
    backend.disposeData(y.dataId);
  };
  const ours = () => tf.conv2d(x, filter, 1, "valid");
  const fused = () =>
    convReluPool(x, filter, bias, {
      strides: [1, 1],
      pad: "valid",
      poolSize: [2, 2],
    });

  const y = ours();
  checkResult(
    group,
    y.dataSync<"float32">(),
    conv2dReference(
      x.dataSync<"float32">(),
      filter.dataSync<"float32">(),
      info,
    ),
  );
  const pooled = fused();
  checkResult(
    `${group}, pooled`,
    pooled.dataSync<"float32">(),
    convReluPoolReference(
      x.dataSync<"float32">(),
      filter.dataSync<"float32">(),
      bias.dataSync<"float32">(),
      info,
    ).y,
  );
  tf.dispose([y, pooled]);

  Deno.bench({ name: "shipped", group, baseline: true, fn: shipped });
  Deno.bench({ name: "conv2d()", group, fn: () => ours().dispose() });
  Deno.bench({
    name: "convReluPool(), with bias, ReLU and pooling",
    group,
    fn: () => fused().dispose(),
  });
}
