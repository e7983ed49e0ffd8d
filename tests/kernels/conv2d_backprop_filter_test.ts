import { assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { conv2dBackpropFilterReference } from "@lib/kernels/reference/conv2d_backprop_filter.ts";
import {
  assertClose,
  assertSame,
  convCases,
  onCpu,
  runKernel,
  thinned,
  values,
} from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

const KERNEL = "Conv2DBackpropFilter";

// By hand, stride 1, pad valid: dFilter[0,0] = 1·1 + 5·2 = 11
Deno.test("conv2dBackpropFilter() sums x·dy over each window", () => {
  const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const dy = Float32Array.of(1, 0, 0, 2);
  const dFilter = runKernel(KERNEL, {
    x: [x, [1, 3, 3, 1]],
    dy: [dy, [1, 2, 2, 1]],
  }, {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    filterShape: [2, 2, 1, 1],
  });
  assertEquals([...dFilter], [11, 14, 20, 23]);
});

// By hand, stride 2: the last row and column of x were never looked at.
Deno.test("conv2dBackpropFilter() leaves out what no window has read", () => {
  const x = Float32Array.from({ length: 16 }, (_, index) => index + 1);
  const dFilter = runKernel(KERNEL, {
    x: [x, [1, 4, 4, 1]],
    dy: [Float32Array.of(3), [1, 1, 1, 1]],
  }, {
    strides: 2,
    pad: "valid",
    dataFormat: "NHWC",
    filterShape: [3, 3, 1, 1],
  });
  assertEquals([...dFilter], [1, 2, 3, 5, 6, 7, 9, 10, 11].map((v) => 3 * v));
});

Deno.test("conv2dBackpropFilter() agrees with the loops and the cpu backend", async (t) => {
  for (
    const [index, { name, x, filter, strides, pad, info }] of convCases()
      .entries()
  ) {
    await t.step(name, async () => {
      const xValues = values(x, index);
      const dyValues = values(info.outShape, index + 1000);
      const run = () =>
        runKernel(KERNEL, {
          x: [xValues, x],
          dy: [dyValues, info.outShape],
        }, { strides, pad, dataFormat: "NHWC", filterShape: filter });
      const dFilter = run();
      // 1e-5: up to 500 float32 products, summed in another order.
      const reference = conv2dBackpropFilterReference(xValues, dyValues, info);
      assertClose(dFilter, reference, 1e-5);
      assertClose(dFilter, await onCpu(run), 1e-5);
    });
  }
});

Deno.test("conv2dBackpropFilter() gives 0 where every window has read padding", () => {
  const dFilter = runKernel(KERNEL, {
    x: [new Float32Array(9).fill(1), [1, 3, 3, 1]],
    dy: [Float32Array.of(1), [1, 1, 1, 1]],
  }, {
    strides: 5,
    pad: [[0, 0], [2, 0], [2, 0], [0, 0]],
    dataFormat: "NHWC",
    filterShape: [1, 1, 1, 1],
  });
  assertEquals([...dFilter], [0]);
});

Deno.test("conv2dBackpropFilter() of no image is 0", () => {
  const dFilter = runKernel(KERNEL, {
    x: [new Float32Array(), [0, 3, 3, 1]],
    dy: [new Float32Array(), [0, 2, 2, 1]],
  }, {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    filterShape: [2, 2, 1, 1],
  });
  assertEquals([...dFilter], [0, 0, 0, 0]);
});

// Each of the three paths, with NaN and infinity in turn in either operand.
Deno.test("conv2dBackpropFilter() carries NaN and infinity as the loops do", async (t) => {
  for (const [index, each] of convCases().entries()) {
    await t.step(each.name, () => {
      for (const share of [0.1, 1]) {
        for (const odd of [NaN, Infinity, -Infinity]) {
          for (const where of ["x", "dy"] as const) {
            const x = values(each.x, index);
            const dy = thinned(values(each.info.outShape, index + 1), share);
            const data = where === "x" ? x : dy;
            data[index % data.length] = odd;
            const dFilter = runKernel(KERNEL, {
              x: [x, each.x],
              dy: [dy, each.info.outShape],
            }, {
              strides: each.strides,
              pad: each.pad,
              dataFormat: "NHWC",
              filterShape: each.filter,
            });
            assertSame(
              dFilter,
              conv2dBackpropFilterReference(x, dy, each.info),
              1e-5,
            );
          }
        }
      }
    });
  }
});

Deno.test("conv2dBackpropFilter() rejects a layout that the backend lacks", () => {
  assertThrows(
    () =>
      runKernel(KERNEL, {
        x: [new Float32Array(9), [1, 1, 3, 3]],
        dy: [new Float32Array(4), [1, 1, 2, 2]],
      }, {
        strides: 1,
        pad: "valid",
        dataFormat: "NCHW",
        filterShape: [2, 2, 1, 1],
      }),
    RangeError,
    "Cannot compute the filter gradient of a convolution as the data format must be NHWC: current format is NCHW",
  );
});
