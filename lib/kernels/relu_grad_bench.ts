import * as tf from "@tensorflow/tfjs";
import { benchGroup, benchTensor, startBench } from "./_bench_group.ts";
import { runShipped } from "./_wasm_backend.ts";
import { leakyRelu } from "./leaky_relu.ts";
import { leakyReluGrad } from "./leaky_relu_grad.ts";
import { leakyReluReference } from "./reference/leaky_relu.ts";
import { leakyReluGradReference } from "./reference/leaky_relu_grad.ts";
import { reluGradReference } from "./reference/relu_grad.ts";
import { reluGrad } from "./relu_grad.ts";

const backend = await startBench();
const attrs = { alpha: 0.2 };

for (const shape of [[16, 26, 26, 32], [128, 26, 26, 32]]) {
  const x = tf.tidy(() => benchTensor(shape, 1).sub(0.5));
  const dy = benchTensor(shape, 2);
  const values = x.dataSync<"float32">();
  const gradients = dy.dataSync<"float32">();
  benchGroup(
    `ReluGrad [${shape}]`,
    backend,
    () => reluGradReference(values, gradients),
    {
      composed: () => tf.tidy(() => dy.mul(x.step().cast("float32"))),
      ours: () => reluGrad({ x, dy }, {}, backend),
    },
  );
  benchGroup(
    `LeakyRelu [${shape}]`,
    backend,
    () => leakyReluReference(values, attrs.alpha),
    {
      shipped: () => runShipped("LeakyRelu", backend, { x }, { ...attrs }),
      ours: () => leakyRelu({ x }, attrs, backend),
    },
  );
  benchGroup(
    `LeakyReluGrad [${shape}]`,
    backend,
    () => leakyReluGradReference(values, gradients, attrs.alpha),
    {
      composed: () =>
        tf.tidy(() => tf.where(x.greater(0), dy, dy.mul(attrs.alpha))),
      ours: () => leakyReluGrad({ x, dy }, attrs, backend),
    },
  );
}
