/**
 * Softmax cross-entropy with its gradient, at the batches that are trained
 * here, with `tf.losses.softmaxCrossEntropy()` as the baseline:
 * `deno bench lib/kernels`.
 */

import * as tf from "@tensorflow/tfjs";
import { benchValues, checkResult, startBench } from "./_bench_group.ts";
import { softmaxCrossEntropy } from "./mod.ts";
import { softmaxCrossEntropyReference } from "./reference/softmax_cross_entropy.ts";

await startBench();

for (const batch of [16, 128]) {
  const group = `softmax cross-entropy [${batch},10]`;
  const logits = tf.tensor2d(benchValues(batch * 10, 1), [batch, 10]);
  const labels = tf.range(0, batch, 1, "int32").mod(tf.scalar(10, "int32"));
  const oneHot = tf.oneHot(labels as tf.Tensor1D, 10).toFloat() as tf.Tensor2D;

  const ours = tf.grad((x) => softmaxCrossEntropy(x as tf.Tensor2D, oneHot));
  const shipped = tf.grad((x) => tf.losses.softmaxCrossEntropy(oneHot, x));
  const gradient = ours(logits);
  const { dLogits } = softmaxCrossEntropyReference(
    logits.dataSync<"float32">(),
    oneHot.dataSync<"float32">(),
    10,
  );
  checkResult(group, gradient.dataSync<"float32">(), dLogits);
  gradient.dispose();
  Deno.bench({
    name: "tf.losses.softmaxCrossEntropy()",
    group,
    baseline: true,
    fn: () => shipped(logits).dispose(),
  });
  Deno.bench({
    name: "softmaxCrossEntropy()",
    group,
    fn: () => ours(logits).dispose(),
  });
}
