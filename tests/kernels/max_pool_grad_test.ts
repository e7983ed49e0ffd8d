import { assertEquals } from "@std/assert";
import { poolSizes } from "@lib/kernels/_pool_info.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { maxPoolGradReference } from "@lib/kernels/reference/max_pool_grad.ts";
import { BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import {
  assertClose,
  assertSame,
  onCpu,
  runKernel,
  values,
} from "./_parity.ts";
import { poolCases } from "./_pool_cases.ts";

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

Deno.test("maxPoolGrad() gives nothing where there is no maximum", () => {
  assertEquals(
    poolGrad([NaN, -Infinity, 0, NaN, NaN, NaN, Infinity, NaN], [5, 6]),
    [0, 0, 0, 0, 0, 0, 6, 0],
  );
});

// By hand, windows of three, one apart: the 9 is the maximum of all of them.
Deno.test("maxPoolGrad() adds up what overlapping windows give", () => {
  const dx = runKernel("MaxPoolGrad", {
    dy: [Float32Array.of(1, 2, 4), [1, 1, 3, 1]],
    input: [Float32Array.of(1, 0, 9, 2, 3), [1, 1, 5, 1]],
    output: [new Float32Array(3), [1, 1, 3, 1]],
  }, { filterSize: [1, 3], strides: 1, pad: "valid" });
  assertEquals([...dx], [0, 0, 7, 0, 0]);
});

Deno.test("maxPoolGrad() agrees with the loops and the cpu backend", async (t) => {
  for (const [index, { name, x, attrs, info }] of poolCases().entries()) {
    await t.step(name, async () => {
      // Few distinct values, so that ties are common; most are negative.
      const input = withSpecials(
        values(x, index).map((value) => Math.floor(3 * value - 2)),
      );
      const dy = values(info.outShape, index + 1000);
      const expected = maxPoolGradReference(input, dy, info);
      const run = () =>
        runKernel("MaxPoolGrad", {
          dy: [dy, info.outShape],
          input: [input, x],
          output: [new Float32Array(dy.length), info.outShape],
        }, { ...attrs });
      assertSame(run(), expected);
      // 1e-6: up to nine overlapping windows, summed in another order.
      assertClose(await onCpu(run), expected, 1e-6);
      for (const build of BUILDS) {
        const { dx } = runGuarded(
          build,
          { x: input, dy, dx: input.length },
          "dx",
          (kernels, at) =>
            kernels.maxPoolGrad(at.x, at.dy, at.dx, ...poolSizes(info)),
        );
        assertSame(dx, expected);
      }
    });
  }
});

Deno.test("maxPoolGrad() carries NaN and infinity to the maximum alone", () => {
  assertEquals(
    poolGrad([1, 2, 3, 0, 0, 0, 0, 0], [NaN, -Infinity]),
    [0, NaN, -Infinity, 0, 0, 0, 0, 0],
  );
});
