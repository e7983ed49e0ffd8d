import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { maxPoolGradReference } from "@lib/kernels/reference/max_pool_grad.ts";
import { assertClose, onCpu, runKernel, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

/** The gradient of a 2×2 pooling of one 2×4 image with one channel. */
function poolGrad(input: number[], dy: number[]): number[] {
  return [...runKernel("MaxPoolGrad", {
    dy: [Float32Array.from(dy), [1, 1, 2, 1]],
    input: [Float32Array.from(input), [1, 2, 4, 1]],
    output: [new Float32Array(2), [1, 1, 2, 1]],
  }, { filterSize: 2, strides: 2, pad: "valid" })];
}

Deno.test("maxPoolGrad() gives the gradient to the maximum of each window", () => {
  assertEquals(
    poolGrad(
      // deno-fmt-ignore
      [1, 2, 0, 0,
       3, 4, 9, 0],
      [5, 6],
    ),
    // deno-fmt-ignore
    [0, 0, 0, 0,
     0, 5, 6, 0],
  );
});

Deno.test("maxPoolGrad() finds a maximum that is negative or zero", () => {
  assertEquals(
    poolGrad([-3, -1, -4, -2, -9, -2, 0, -1], [5, 6]),
    [0, 5, 0, 0, 0, 0, 6, 0],
  );
});

Deno.test("maxPoolGrad() gives a tie to the first in reading order", () => {
  assertEquals(
    poolGrad([0, 0, 1, 2, 0, 0, 2, 2], [5, 6]),
    [5, 0, 0, 6, 0, 0, 0, 0],
  );
});

Deno.test("maxPoolGrad() never takes a NaN for a maximum", () => {
  assertEquals(
    poolGrad([NaN, 1, NaN, NaN, 0, 0, NaN, NaN], [5, 6]),
    [0, 5, 0, 0, 0, 0, 0, 0],
  );
});

Deno.test("maxPoolGrad() agrees with the loops and the cpu backend", async (t) => {
  const pads = ["valid", "same", [[0, 0], [1, 0], [1, 1], [0, 0]]] as const;
  let seed = 0;
  for (const filterSize of [[1, 1], [2, 2], [3, 3], [2, 3]] as const) {
    for (const strides of [[1, 1], [2, 2], [2, 1], [3, 3]] as const) {
      for (const pad of pads) {
        // An explicit padding has to be smaller than the window.
        if (filterSize[0] === 1 && typeof pad !== "string") continue;
        const shape: [number, number, number, number] = [2, 7, 8, 5];
        const name = `x=[${shape}] f=[${filterSize}] s=[${strides}] p=${
          typeof pad === "string" ? pad : JSON.stringify(pad.slice(1, 3))
        }`;
        await t.step(name, async () => {
          const info = tf.backend_util.computePool2DInfo(
            shape,
            [...filterSize],
            [...strides],
            1,
            pad as "valid",
          );
          const { outShape } = info;
          // Few distinct values, so that ties are common; most are negative.
          const input = values(shape, ++seed).map((v) => Math.floor(3 * v - 2));
          const dy = values(outShape, seed + 1000);
          const run = () =>
            runKernel("MaxPoolGrad", {
              dy: [dy, outShape],
              input: [input, shape],
              output: [new Float32Array(dy.length), outShape],
            }, { filterSize, strides, pad });
          // 1e-6: up to nine overlapping windows, summed in another order.
          const dx = run();
          assertClose(dx, maxPoolGradReference(input, dy, info), 1e-6);
          assertClose(dx, await onCpu(run), 1e-6);
        });
      }
    }
  }
});
