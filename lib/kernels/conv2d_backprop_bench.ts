/**
 * The gradients of the convolutions at the sizes of the networks that are
 * trained here, with the gradients put together from other operations as the
 * baseline: `deno bench lib/kernels`.
 */

import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../random/mod.ts";
import { benchValues, checkResult, startBench } from "./_bench_group.ts";
import { composedConv2dBackpropFilter } from "./composed/conv2d_backprop_filter.ts";
import { composedConv2dBackpropInput } from "./composed/conv2d_backprop_input.ts";
import { conv2dBackpropFilter } from "./conv2d_backprop_filter.ts";
import { conv2dBackpropInput } from "./conv2d_backprop_input.ts";
import { convReluPoolGrad } from "./conv_relu_pool_grad.ts";
import { conv2dBackpropFilterReference } from "./reference/conv2d_backprop_filter.ts";
import { conv2dBackpropInputReference } from "./reference/conv2d_backprop_input.ts";
import { convReluPoolGradReference } from "./reference/conv_relu_pool_grad.ts";

const backend = await startBench();

type Shape = [number, number, number, number];

const SHAPES: { x: Shape; filter: Shape }[] = [
  { x: [16, 28, 28, 1], filter: [3, 3, 1, 32] },
  { x: [16, 13, 13, 32], filter: [3, 3, 32, 64] },
];

for (const shapes of SHAPES) {
  const info = tf.backend_util
    .computeConv2DInfo(shapes.x, shapes.filter, 1, 1, "valid");
  const { outHeight, outWidth, outChannels } = info;
  const pooledShape: Shape = [
    16,
    Math.floor(outHeight / 2),
    Math.floor(outWidth / 2),
    outChannels,
  ];
  const xData = benchValues(tf.util.sizeFromShape(shapes.x), 1);
  const filterData = benchValues(tf.util.sizeFromShape(shapes.filter), 2);
  const denseData = benchValues(tf.util.sizeFromShape(info.outShape), 3);
  const pooledData = benchValues(tf.util.sizeFromShape(pooledShape), 4);
  const routeData = routes(pooledShape, outWidth);
  // What a max pool and a ReLU leave: the gradient that the route describes.
  const sparseData = new Float32Array(denseData.length);
  const pooledImage = pooledData.length / 16;
  for (const [n, pixel] of routeData.entries()) {
    if (pixel < 0) continue;
    const image = Math.floor(n / pooledImage) * outHeight * outWidth;
    sparseData[(image + pixel) * outChannels + n % outChannels] =
      pooledData[n]!;
  }
  const x = tf.tensor4d(xData, shapes.x);
  const filter = tf.tensor4d(filterData, shapes.filter);
  const dense = tf.tensor4d(denseData, info.outShape);
  const sparse = tf.tensor4d(sparseData, info.outShape);
  const pooled = tf.tensor4d(pooledData, pooledShape);
  const route = tf.tensor4d(routeData, pooledShape, "int32");
  const name = `[${shapes.x}] with [${shapes.filter}]`;
  const attrs = { strides: 1, pad: "valid", dataFormat: "NHWC" } as const;

  bench(
    `dFilter of ${name}`,
    conv2dBackpropFilterReference(xData, denseData, info),
    [
      [
        "composed",
        () =>
          composedConv2dBackpropFilter(
            { x, dy: dense },
            { ...attrs, filterShape: shapes.filter },
            backend,
          ),
      ],
      [
        "conv2dBackpropFilter()",
        () =>
          conv2dBackpropFilter(
            { x, dy: dense },
            { ...attrs, filterShape: shapes.filter },
            backend,
          ),
      ],
    ],
  );
  bench(
    `dx of ${name}`,
    conv2dBackpropInputReference(denseData, filterData, info),
    [
      [
        "composed",
        () =>
          composedConv2dBackpropInput(
            { dy: dense, filter },
            { ...attrs, inputShape: shapes.x },
            backend,
          ),
      ],
      [
        "conv2dBackpropInput()",
        () =>
          conv2dBackpropInput(
            { dy: dense, filter },
            { ...attrs, inputShape: shapes.x },
            backend,
          ),
      ],
    ],
  );
  const behindPool = convReluPoolGradReference(
    xData,
    filterData,
    pooledData,
    routeData,
    info,
  );
  const fused = () => {
    const { dFilter, dBias } = convReluPoolGrad(
      backend,
      { x, filter, dy: pooled, route },
      { strides: [1, 1], pad: "valid", needsInputGradient: false },
    );
    backend.disposeData(dBias.dataId);
    return dFilter;
  };
  bench(`dFilter of ${name} behind ReLU and pool`, behindPool.dFilter, [
    [
      "composed",
      () =>
        composedConv2dBackpropFilter(
          { x, dy: sparse },
          { ...attrs, filterShape: shapes.filter },
          backend,
        ),
    ],
    [
      "conv2dBackpropFilter()",
      () =>
        conv2dBackpropFilter(
          { x, dy: sparse },
          { ...attrs, filterShape: shapes.filter },
          backend,
        ),
    ],
    ["convReluPoolGrad(), with dBias", fused],
  ]);
  const fusedAll = () => {
    const { dx, dFilter, dBias } = convReluPoolGrad(
      backend,
      { x, filter, dy: pooled, route },
      { strides: [1, 1], pad: "valid", needsInputGradient: true },
    );
    backend.disposeData(dFilter.dataId);
    backend.disposeData(dBias.dataId);
    return dx!;
  };
  bench(`dx of ${name} behind ReLU and pool`, behindPool.dx, [
    [
      "composed",
      () =>
        composedConv2dBackpropInput(
          { dy: sparse, filter },
          { ...attrs, inputShape: shapes.x },
          backend,
        ),
    ],
    [
      "conv2dBackpropInput()",
      () =>
        conv2dBackpropInput(
          { dy: sparse, filter },
          { ...attrs, inputShape: shapes.x },
          backend,
        ),
    ],
    ["convReluPoolGrad(), with dFilter and dBias", fusedAll],
  ]);
}

/** A group of ways to one result, the first of them the baseline. */
function bench(
  group: string,
  expected: Float32Array,
  ways: [name: string, run: () => tf.TensorInfo][],
): void {
  for (const [index, [name, run]] of ways.entries()) {
    const result = run();
    const actual = backend.readSync(result.dataId) as Float32Array;
    checkResult(`${name}, ${group}`, actual, expected);
    backend.disposeData(result.dataId);
    const fn = () => void backend.disposeData(run().dataId);
    Deno.bench({ name, group, baseline: index === 0, fn });
  }
}

/** One of the four pixels of each pool; for half of them the ReLU gave 0. */
function routes(pooledShape: Shape, outWidth: number): Int32Array {
  const random = createRandom(5);
  const [, height, width, channels] = pooledShape;
  return Int32Array.from(
    { length: tf.util.sizeFromShape(pooledShape) },
    (_, n) => {
      const pixel = Math.floor(n / channels) % (height * width);
      const row = 2 * Math.floor(pixel / width) + Math.floor(2 * random.next());
      const column = 2 * (pixel % width) + Math.floor(2 * random.next());
      return random.next() < 0.5 ? -1 : row * outWidth + column;
    },
  );
}
