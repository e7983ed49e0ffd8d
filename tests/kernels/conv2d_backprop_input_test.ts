import { assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { conv2dBackpropInputReference } from "@lib/kernels/reference/conv2d_backprop_input.ts";
import { assertClose, convCases, onCpu, runKernel, values } from "./_parity.ts";

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
