import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { assertClose, convCases, onCpu, runKernel, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

// By hand: windows of 2×2 ones, three pixels apart, all within the image.
Deno.test("conv2d() pads as said where the stride is larger than the filter", () => {
  const y = tf.tidy(() =>
    tf.conv2d(
      tf.ones<tf.Rank.R4>([1, 9, 9, 1]),
      tf.ones<tf.Rank.R4>([2, 2, 1, 1]),
      3,
      "same",
    ).dataSync()
  );
  assertEquals([...y], new Array(9).fill(4));
});

Deno.test("conv2d() agrees with the cpu backend, fused and not", async (t) => {
  for (const [index, each] of convCases().entries()) {
    await t.step(each.name, async () => {
      const x = values(each.x, index);
      const filter = values(each.filter, index + 1000);
      const channels = each.filter[3];
      const bias = values([channels], index + 2000);
      const inputs: Record<string, [Float32Array, number[]]> = {
        x: [x, each.x],
        filter: [filter, each.filter],
      };
      const attrs = {
        strides: each.strides,
        pad: each.pad,
        dataFormat: "NHWC",
        dilations: 1,
      };
      const plain = () => runKernel("Conv2D", inputs, attrs);
      const fused = () =>
        runKernel("FusedConv2D", { ...inputs, bias: [bias, [channels]] }, {
          ...attrs,
          activation: "relu",
          leakyreluAlpha: 0,
        });
      // 1e-5: up to 425 float32 products, summed in another order.
      assertClose(plain(), await onCpu(plain), 1e-5);
      assertClose(fused(), await onCpu(fused), 1e-5);
    });
  }
});
