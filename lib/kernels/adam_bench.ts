import * as tf from "@tensorflow/tfjs";
import { benchGroup, benchTensor, startBench } from "./_bench_group.ts";
import { adamReference } from "./reference/adam.ts";

// Taken before the kernel takes its place.
const shipped = tf.AdamOptimizer.prototype.applyGradients;
const backend = await startBench();

const attrs = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  accBeta1: 0.9,
  accBeta2: 0.999,
};

// The first step of the weights of a layer, that of the whole optimizer.
for (const shape of [[3, 3, 32, 64], [1600, 128]]) {
  const value = benchTensor(shape, 1);
  const gradient = benchTensor(shape, 2);
  const zeros = new Float32Array(value.size);
  const state = {
    value: value.dataSync<"float32">(),
    firstMoment: zeros,
    secondMoment: zeros,
    gradient: gradient.dataSync<"float32">(),
  };
  const step = (method: typeof shipped) => () => {
    const optimizer = tf.train.adam(
      attrs.learningRate,
      attrs.beta1,
      attrs.beta2,
      attrs.epsilon,
    );
    const weight = tf.variable(value);
    method.call(optimizer, [{ name: weight.name, tensor: gradient }]);
    const result = weight.clone();
    optimizer.dispose();
    weight.dispose();
    return result;
  };
  benchGroup(
    `Adam [${shape}]`,
    backend,
    () => adamReference(state, attrs).value,
    {
      shipped: step(shipped),
      ours: step(tf.AdamOptimizer.prototype.applyGradients),
    },
  );
}
