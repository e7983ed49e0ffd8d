import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { poolSizes } from "@lib/kernels/_pool_info.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { avgPoolReference } from "@lib/kernels/reference/avg_pool.ts";
import { avgPoolGradReference } from "@lib/kernels/reference/avg_pool_grad.ts";
import { BUILDS, runGuarded } from "./_guarded.ts";
import { assertClose, onCpu, runKernel, values } from "./_parity.ts";
import { poolCases } from "./_pool_cases.ts";

await startWasmBackend();
registerTrainingKernels();

// By hand: each dy in quarters; no window has read the last column.
Deno.test("avgPoolGrad() shares the gradient of a window out", () => {
  const dx = runKernel("AvgPoolGrad", {
    dy: [Float32Array.of(4, 8), [1, 1, 2, 1]],
    input: [new Float32Array(10), [1, 2, 5, 1]],
  }, { filterSize: 2, strides: 2, pad: "valid" });
  assertEquals([...dx], [1, 1, 2, 2, 0, 1, 1, 2, 2, 0]);
});

// By hand, padded to the right: 6/2, 6/2 + 4/2, 4/2 + 5/1.
Deno.test("avgPoolGrad() does not count the padding", () => {
  const dx = runKernel("AvgPoolGrad", {
    dy: [Float32Array.of(6, 4, 5), [1, 1, 3, 1]],
    input: [new Float32Array(3), [1, 1, 3, 1]],
  }, { filterSize: [1, 2], strides: 1, pad: "same" });
  assertEquals([...dx], [3, 5, 7]);
});

Deno.test("avgPoolGrad() agrees with the loops and, without padding, the cpu backend", async (t) => {
  for (const [index, { name, x, attrs, info }] of poolCases().entries()) {
    await t.step(name, async () => {
      const dy = values(info.outShape, index);
      const input = new Float32Array(tf.util.sizeFromShape(x));
      const expected = avgPoolGradReference(dy, info);
      const run = () =>
        runKernel(
          "AvgPoolGrad",
          { dy: [dy, info.outShape], input: [input, x] },
          {
            ...attrs,
          },
        );
      // 1e-6: up to nine float32 values of at most 1, summed in float32.
      assertClose(run(), expected, 1e-6);
      const { top, bottom, left, right } = info.padInfo;
      if (top + bottom + left + right === 0) {
        assertClose(await onCpu(run), expected, 1e-6);
      }
      for (const build of BUILDS) {
        const { dx } = runGuarded(
          build,
          { dy, dx: input.length },
          "dx",
          (kernels, at) =>
            kernels.avgPoolGrad(at.dy, at.dx, ...poolSizes(info)),
        );
        assertClose(dx, expected, 1e-6);
      }
    });
  }
});

// The gradient of Σ y·dy, which is linear in x: the slope along each axis is
// exact but for the rounding of the reference.
Deno.test("avgPoolGrad() is what finite differences give", () => {
  for (const { x, info, hasEmptyWindow } of poolCases()) {
    if (hasEmptyWindow || x[3] !== 3) continue;
    const dy = values(info.outShape, 1);
    const dx = avgPoolGradReference(dy, info);
    const loss = (input: Float32Array) =>
      avgPoolReference(input, info)
        .reduce((sum, value, index) => sum + value * dy[index]!, 0);
    const zeros = new Float32Array(dx.length);
    for (let position = 0; position < dx.length; position += 11) {
      const slope = loss(zeros.with(position, 1));
      assertClose(
        Float32Array.of(dx[position]!),
        Float32Array.of(slope),
        1e-6,
      );
    }
  }
});

Deno.test("avgPoolGrad() carries NaN and infinity to their window alone", () => {
  const dx = runKernel("AvgPoolGrad", {
    dy: [Float32Array.of(NaN, Infinity, 4), [1, 1, 3, 1]],
    input: [new Float32Array(6), [1, 1, 6, 1]],
  }, { filterSize: [1, 2], strides: [1, 2], pad: "valid" });
  assertEquals([...dx], [NaN, NaN, Infinity, Infinity, 2, 2]);
});
