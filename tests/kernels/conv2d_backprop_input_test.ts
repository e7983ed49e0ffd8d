import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  inputGradientByWinograd,
  turnedConvolution,
} from "@lib/kernels/_winograd_input_gradient.ts";
import { conv2dBackpropInputReference } from "@lib/kernels/reference/conv2d_backprop_input.ts";
import {
  assertClose,
  assertSame,
  type ConvCase,
  convCase,
  convCases,
  onCpu,
  runKernel,
  thinned,
  values,
} from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

const KERNEL = "Conv2DBackpropInput";

// By hand: each dy lays the filter, times itself, over the window it came from.
Deno.test("conv2dBackpropInput() lays the filter over each window", () => {
  const dx = runKernel(KERNEL, {
    dy: [Float32Array.of(1, 0, 0, 2), [1, 2, 2, 1]],
    filter: [Float32Array.of(1, 2, 3, 4), [2, 2, 1, 1]],
  }, {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    inputShape: [1, 3, 3, 1],
  });
  assertEquals([...dx], [1, 2, 0, 3, 4 + 2, 4, 0, 6, 8]);
});

Deno.test("conv2dBackpropInput() gives 0 where no window has read", () => {
  const dx = runKernel(KERNEL, {
    dy: [Float32Array.of(5), [1, 1, 1, 1]],
    filter: [Float32Array.of(1, 2, 3, 4), [2, 2, 1, 1]],
  }, {
    strides: 2,
    pad: "valid",
    dataFormat: "NHWC",
    inputShape: [1, 3, 3, 1],
  });
  assertEquals([...dx], [5, 10, 0, 15, 20, 0, 0, 0, 0]);
});

Deno.test("conv2dBackpropInput() agrees with the loops and the cpu backend", async (t) => {
  for (
    const [index, { name, x, filter, strides, pad, info }] of convCases()
      .entries()
  ) {
    await t.step(name, async () => {
      const dyValues = values(info.outShape, index);
      const filterValues = values(filter, index + 1000);
      const run = () =>
        runKernel(KERNEL, {
          dy: [dyValues, info.outShape],
          filter: [filterValues, filter],
        }, { strides, pad, dataFormat: "NHWC", inputShape: x });
      const dx = run();
      // 1e-5: up to 200 float32 products, summed in another order.
      const reference = conv2dBackpropInputReference(
        dyValues,
        filterValues,
        info,
      );
      assertClose(dx, reference, 1e-5);
      assertClose(dx, await onCpu(run), 1e-5);
    });
  }
});

// Either path, with NaN and infinity in turn in either operand.
Deno.test("conv2dBackpropInput() carries NaN and infinity as the loops do", async (t) => {
  for (const [index, each] of convCases().entries()) {
    await t.step(each.name, () => {
      for (const share of [0.1, 1]) {
        for (const odd of [NaN, Infinity, -Infinity]) {
          for (const where of ["filter", "dy"] as const) {
            const filter = values(each.filter, index);
            const dy = thinned(values(each.info.outShape, index + 1), share);
            const data = where === "filter" ? filter : dy;
            data[index % data.length] = odd;
            const dx = runKernel(KERNEL, {
              dy: [dy, each.info.outShape],
              filter: [filter, each.filter],
            }, {
              strides: each.strides,
              pad: each.pad,
              dataFormat: "NHWC",
              inputShape: each.x,
            });
            assertSame(
              dx,
              conv2dBackpropInputReference(dy, filter, each.info),
              1e-5,
            );
          }
        }
      }
    });
  }
});

/** Sizes that Winograd's algorithm takes, one in each of its tiles. */
const WINOGRAD_CASES: ConvCase[] = [
  convCase([2, 12, 12, 32], [3, 3, 32, 64], [1, 1], "valid"),
  convCase([3, 15, 10, 24], [3, 3, 24, 20], [1, 1], "same"),
  convCase([5, 11, 13, 16], [3, 3, 16, 16], [1, 1], [[0, 0], [2, 0], [0, 1], [
    0,
    0,
  ]]),
];

Deno.test("conv2dBackpropInput() agrees with the loops by Winograd's algorithm", async (t) => {
  for (const [seed, each] of WINOGRAD_CASES.entries()) {
    const attrs = {
      strides: each.strides,
      pad: each.pad,
      dataFormat: "NHWC",
      inputShape: each.x,
    };
    for (const odd of [undefined, NaN, Infinity]) {
      await t.step(`${each.name} with ${odd ?? "finite values"}`, () => {
        assert(turnedConvolution(each.info));
        const dy = values(each.info.outShape, seed);
        const filter = values(each.filter, seed + 1);
        if (odd !== undefined) dy[dy.length >> 1] = odd;
        const dx = runKernel(KERNEL, {
          dy: [dy, each.info.outShape],
          filter: [filter, each.filter],
        }, attrs);
        const expected = conv2dBackpropInputReference(dy, filter, each.info);
        // As in conv2d_test.ts: terms are up to 16 times as large as their sum.
        assertSame(dx, expected, 3e-4);
        assertEquals(dx.some(Number.isNaN), expected.some(Number.isNaN));
      });
    }
  }
});

Deno.test("conv2dBackpropInput() takes Winograd's algorithm where all is finite", () => {
  const backend = tf.backend() as BackendWasm;
  const { info, filter, strides, pad, x } = WINOGRAD_CASES[0]!;
  const dyValues = values(info.outShape, 3);
  const filterValues = values(filter, 4);
  const convolution = turnedConvolution(info)!;
  const byWinograd = () =>
    tf.tidy(() => {
      const dx = tf.zeros(x);
      const inputs = {
        dy: tf.tensor4d(dyValues, info.outShape),
        filter: tf.tensor4d(filterValues, filter),
      };
      const isDone = inputGradientByWinograd(backend, inputs, convolution, dx);
      return { isDone, values: dx.dataSync<"float32">().slice() };
    });
  const { isDone, values: expected } = byWinograd();
  assert(isDone);
  const dx = runKernel(KERNEL, {
    dy: [dyValues, info.outShape],
    filter: [filterValues, filter],
  }, { strides, pad, dataFormat: "NHWC", inputShape: x });
  assertEquals(dx, expected);
  dyValues[100] = NaN;
  assertEquals(byWinograd().isDone, false);
});

Deno.test("turnedConvolution() leaves to the definition what multiplies less", () => {
  const { info } = WINOGRAD_CASES[0]!;
  assertEquals(turnedConvolution(info)?.tiles.products, 9 * 36);
  const others: ConvCase[] = [
    convCase([1, 4, 4, 64], [3, 3, 64, 128], [1, 1], "valid"),
    convCase([1, 12, 12, 32], [3, 3, 32, 64], [2, 2], "valid"),
    convCase([1, 12, 12, 32], [5, 5, 32, 64], [1, 1], "valid"),
    convCase([1, 12, 12, 32], [3, 3, 32, 8], [1, 1], "valid"),
    convCase([1, 12, 12, 32], [3, 3, 32, 64], [1, 1], [[0, 0], [3, 3], [3, 3], [
      0,
      0,
    ]]),
  ];
  for (const each of others) {
    assertEquals(turnedConvolution(each.info), undefined, each.name);
  }
});

Deno.test("conv2dBackpropInput() of no image is no image", () => {
  const dx = runKernel(KERNEL, {
    dy: [new Float32Array(), [0, 2, 2, 1]],
    filter: [new Float32Array(4), [2, 2, 1, 1]],
  }, {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    inputShape: [0, 3, 3, 1],
  });
  assertEquals(dx.length, 0);
});

Deno.test("conv2dBackpropInput() rejects a layout that the backend lacks", () => {
  assertThrows(
    () =>
      runKernel(KERNEL, {
        dy: [new Float32Array(4), [1, 1, 2, 2]],
        filter: [new Float32Array(4), [2, 2, 1, 1]],
      }, {
        strides: 1,
        pad: "valid",
        dataFormat: "NCHW",
        inputShape: [1, 1, 3, 3],
      }),
    RangeError,
    "Cannot compute the input gradient of a convolution as the data format must be NHWC: current format is NCHW",
  );
});
