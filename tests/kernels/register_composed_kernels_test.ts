import { registerComposedKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { conv2dBackpropFilterReference } from "@lib/kernels/reference/conv2d_backprop_filter.ts";
import { conv2dBackpropInputReference } from "@lib/kernels/reference/conv2d_backprop_input.ts";
import { assertClose, convCases, runKernel, values } from "./_parity.ts";

await startWasmBackend();
registerComposedKernels();

// 1e-5: up to 500 float32 products, summed in another order.
Deno.test("registerComposedKernels() puts the gradients together from other operations", () => {
  for (const [index, each] of convCases().entries()) {
    const x = values(each.x, index);
    const filter = values(each.filter, index + 1000);
    const dy = values(each.info.outShape, index + 2000);
    const attrs = {
      strides: each.strides,
      pad: each.pad,
      dataFormat: "NHWC",
    };
    const dFilter = runKernel("Conv2DBackpropFilter", {
      x: [x, each.x],
      dy: [dy, each.info.outShape],
    }, { ...attrs, filterShape: each.filter });
    assertClose(
      dFilter,
      conv2dBackpropFilterReference(x, dy, each.info),
      1e-5,
    );
    const dx = runKernel("Conv2DBackpropInput", {
      dy: [dy, each.info.outShape],
      filter: [filter, each.filter],
    }, { ...attrs, inputShape: each.x });
    assertClose(dx, conv2dBackpropInputReference(dy, filter, each.info), 1e-5);
  }
});
