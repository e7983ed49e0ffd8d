import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertGreater } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  type Inputs,
  lossInFloat64,
  lossInOps,
  SHAPES,
} from "./_float64_net.ts";
import { values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

/**
 * Of float64: truncated to 1e-12, rounded to 1e-10, and so small that of the
 * 3,000 activations none changes its sign and no window its maximum.
 */
const STEP = 1e-6;

Deno.test("registerTrainingKernels() gives a whole net the gradients that finite differences in float64 have", () => {
  const names = Object.keys(SHAPES) as (keyof typeof SHAPES)[];
  const at = Object.fromEntries(names.map((name, index) => {
    const random = values(SHAPES[name], index + 1);
    // Scales around 1, so that each channel counts.
    const isScale = name.startsWith("scale");
    return [name, isScale ? random.map((value) => 1 + value / 2) : random];
  })) as Inputs<Float32Array>;
  const inFloat64 = Object.fromEntries(
    names.map((name) => [name, Float64Array.from(at[name])]),
  ) as Inputs<Float64Array>;

  const [loss, ...gradients] = tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
      lossInOps(
        Object.fromEntries(
          names.map((name, index) => [name, tensors[index]!]),
        ) as Inputs<tf.Tensor>,
      )
    )(names.map((name) => tf.tensor(at[name], SHAPES[name])));
    return [value, ...grads].map((t) => t.dataSync<"float32">().slice());
  });
  // 1e-5: a loss of about 3, in float32 throughout.
  assertAlmostEquals(loss![0]!, lossInFloat64(inFloat64), 1e-5);

  for (const [index, name] of names.entries()) {
    const gradient = gradients[index]!;
    const values = inFloat64[name];
    // Every weight; of the images some.
    const stride = name === "x" ? 11 : 1;
    for (let i = 0; i < values.length; i += stride) {
      const value = values[i]!;
      values[i] = value + STEP;
      const above = lossInFloat64(inFloat64);
      values[i] = value - STEP;
      const slope = (above - lossInFloat64(inFloat64)) / (2 * STEP);
      values[i] = value;
      const difference = Math.abs(slope - gradient[i]!);
      // 2e-6: gradients of up to 1 that pass through sums of up to 567 float32
      // values, each rounded to 6e-8.
      assert(
        difference < 2e-6,
        `${name}[${i}]: slope ${slope}, gradient ${gradient[i]}`,
      );
    }
    // A bias before a batch normalization changes nothing.
    const isIdle = name === "bias1" || name === "bias2";
    if (!isIdle) assertGreater(Math.max(...gradient.map(Math.abs)), 1e-3);
  }
});
