import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  registerTrainingKernels,
  softmaxCrossEntropy,
  startWasmBackend,
} from "@lib/kernels/mod.ts";
import { kernelCalls } from "./_kernel_calls.ts";
import { assertClose, onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

// By hand: softmax [1/4, 3/4] and [1/2, 1/2], the true classes 1 and 0.
Deno.test("softmaxCrossEntropy() is the mean of the losses, and has its gradient", () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([0, Math.log(3), 5, 5], [2, 2]);
    const oneHot = tf.tensor2d([0, 1, 1, 0], [2, 2]);
    const { value, grad } = tf.valueAndGrad((x) =>
      softmaxCrossEntropy(x as tf.Tensor2D, oneHot)
    )(logits);
    assertEquals(value.shape, []);
    const loss = (Math.log(4 / 3) + Math.log(2)) / 2;
    assertAlmostEquals(value.dataSync()[0]!, loss, 1e-7);
    const expected = Float32Array.of(1 / 8, -1 / 8, -1 / 4, 1 / 4);
    // 1e-7: one rounding to float32.
    assertClose(grad.dataSync<"float32">(), expected, 1e-7);
  });
});

Deno.test("softmaxCrossEntropy() agrees with tf.losses.softmaxCrossEntropy()", async () => {
  for (const [batch, classes] of [[1, 2], [16, 10], [128, 10], [5, 37]]) {
    const shape = [batch!, classes!];
    const run = (loss: (logits: tf.Tensor, oneHot: tf.Tensor) => tf.Tensor) =>
      tf.tidy(() => {
        const logits = tf.tensor(values(shape, batch!), shape).mul(5);
        const labels = tf.range(0, batch!, 1, "int32").mod(
          tf.scalar(classes!, "int32"),
        );
        const oneHot = tf.oneHot(labels as tf.Tensor1D, classes!).toFloat();
        // Another factor than 1 reaches the gradient.
        const { value, grad } = tf.valueAndGrad((logits) =>
          loss(logits, oneHot).mul(3)
        )(logits);
        return [value, grad].map((tensor) =>
          tensor.dataSync<"float32">().slice()
        );
      });
    const own = (logits: tf.Tensor, oneHot: tf.Tensor) =>
      softmaxCrossEntropy(logits as tf.Tensor2D, oneHot as tf.Tensor2D);
    const shipped = (logits: tf.Tensor, oneHot: tf.Tensor) =>
      tf.losses.softmaxCrossEntropy(oneHot, logits);
    const expected = await onCpu(() => run(shipped));
    for (const results of [run(own), await onCpu(() => run(own))]) {
      for (const [index, actual] of results.entries()) {
        // 1e-6: a mean of up to 128 float32 losses of up to 10.
        assertClose(actual, expected[index]!, 1e-6);
      }
    }
  }
});

Deno.test("softmaxCrossEntropy() does not overflow", () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([3e38, -3e38, 0], [1, 3]);
    const loss = (oneHot: number[]) =>
      softmaxCrossEntropy(logits, tf.tensor2d(oneHot, [1, 3])).dataSync()[0];
    assertEquals(loss([1, 0, 0]), 0);
    assertEquals(loss([0, 0, 1]), Math.fround(3e38));
  });
});

Deno.test("softmaxCrossEntropy() takes the kernel for float32, else other ops", () => {
  const calls = (dtype: "float32" | "int32") =>
    kernelCalls(() =>
      tf.tidy(() => {
        const oneHot = tf.ones<tf.Rank.R2>([4, 3], dtype);
        tf.grad((x) => softmaxCrossEntropy(x as tf.Tensor2D, oneHot))(
          tf.ones([4, 3]),
        );
      })
    );
  const own = calls("float32");
  assertEquals(own.includes("SoftmaxCrossEntropy"), true);
  assertEquals(own.includes("Exp"), false);
  const composed = calls("int32");
  assertEquals(composed.includes("SoftmaxCrossEntropy"), false);
  assertEquals(composed.includes("Exp"), true);
});

Deno.test("softmaxCrossEntropy() rejects labels of another shape", () => {
  assertThrows(
    () => softmaxCrossEntropy(tf.zeros([4, 10]), tf.zeros([4, 9])),
    TypeError,
    "Cannot compute the cross-entropy as logits and oneHot must have one shape: current shapes are [4,10] and [4,9]",
  );
});

Deno.test("softmaxCrossEntropy() leaves no tensor and no memory behind", () => {
  const backend = tf.backend() as unknown as { numDataIds(): number };
  const tensors = tf.memory().numTensors;
  const dataIds = backend.numDataIds();
  const logits = tf.zeros<tf.Rank.R2>([4, 3]);
  const oneHot = tf.ones<tf.Rank.R2>([4, 3]);
  softmaxCrossEntropy(logits, oneHot).dispose();
  const { value, grad } = tf.valueAndGrad((x) =>
    softmaxCrossEntropy(x as tf.Tensor2D, oneHot)
  )(logits);
  tf.dispose([value, grad, logits, oneHot]);
  assertEquals(tf.memory().numTensors, tensors);
  assertEquals(backend.numDataIds(), dataIds);
});
