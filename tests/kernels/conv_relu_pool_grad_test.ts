import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import {
  convReluPoolGrad,
  type ConvReluPoolGradOptions,
} from "@lib/kernels/conv_relu_pool_grad.ts";
import { convReluPoolGradReference } from "@lib/kernels/reference/conv_relu_pool_grad.ts";
import { assertSame, convCase, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

type Shape = [number, number, number, number];

const PLAIN: ConvReluPoolGradOptions = {
  strides: [1, 1],
  pad: "valid",
  needsInputGradient: true,
};

// By hand: the pools' winners are pixel (0, 1) and none.
Deno.test("convReluPoolGrad() follows the route and leaves out what has none", () => {
  const { dx, dFilter, dBias } = gradients(
    Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), // [1, 3, 3, 1]
    [1, 3, 3, 1],
    Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40), // [2, 2, 1, 2]
    [2, 2, 1, 2],
    Float32Array.of(2, 5), // [1, 1, 1, 2]
    Int32Array.of(1, -1),
    [1, 1, 1, 2],
    PLAIN,
  );
  assertEquals([...dFilter], [4, 0, 6, 0, 10, 0, 12, 0]);
  assertEquals([...dBias], [2, 0]);
  assertEquals([...dx!], [0, 2, 4, 0, 6, 8, 0, 0, 0]);
});

Deno.test("convReluPoolGrad() gives no input gradient where none is needed", () => {
  const { dx, dFilter } = gradients(
    Float32Array.of(3),
    [1, 1, 1, 1],
    Float32Array.of(1),
    [1, 1, 1, 1],
    Float32Array.of(2),
    Int32Array.of(0),
    [1, 1, 1, 1],
    { ...PLAIN, needsInputGradient: false },
  );
  assertEquals(dx, undefined);
  assertEquals([...dFilter], [6]);
});

Deno.test("convReluPoolGrad() of no image is 0", () => {
  const { dx, dFilter, dBias } = gradients(
    new Float32Array(),
    [0, 3, 3, 1],
    new Float32Array(4),
    [2, 2, 1, 1],
    new Float32Array(),
    new Int32Array(),
    [0, 1, 1, 1],
    PLAIN,
  );
  assertEquals([...dx!], []);
  assertEquals([...dFilter], [0, 0, 0, 0]);
  assertEquals([...dBias], [0]);
});

Deno.test("convReluPoolGrad() carries NaN and infinity as the loops do", async (t) => {
  const x: Shape = [2, 6, 7, 3];
  const filter: Shape = [3, 3, 3, 5];
  for (const pad of ["valid", "same"] as const) {
    for (const strides of [[1, 1], [2, 1]] as [number, number][]) {
      const { info, name } = convCase(x, filter, strides, pad);
      const pixels = info.outHeight * info.outWidth;
      const dy: Shape = [2, 2, 2, 5];
      for (const where of ["x", "filter", "dy"] as const) {
        for (const odd of [NaN, Infinity, -Infinity]) {
          await t.step(`${name}, ${odd} in ${where}`, () => {
            const data = {
              x: values(x, 1),
              filter: values(filter, 2),
              dy: values(dy, 3),
            };
            // The first is routed, the second is not.
            const route = Int32Array.from(
              data.dy,
              (_, n) => n % 3 === 1 ? -1 : n * 7 % pixels,
            );
            data[where][0] = odd;
            data[where][1] = odd;
            const actual = gradients(
              data.x,
              x,
              data.filter,
              filter,
              data.dy,
              route,
              dy,
              { strides, pad, needsInputGradient: true },
            );
            const expected = convReluPoolGradReference(
              data.x,
              data.filter,
              data.dy,
              route,
              info,
            );
            for (const result of ["dx", "dFilter", "dBias"] as const) {
              assertSame(actual[result]!, expected[result], 1e-5);
            }
          });
        }
      }
    }
  }
});

Deno.test("convReluPoolGrad() rejects a route of another kind", () => {
  tf.tidy(() => {
    const one = tf.ones([1, 1, 1, 1]);
    const inputs = { x: one, filter: one, dy: one };
    const backend = tf.backend() as BackendWasm;
    assertThrows(
      () => convReluPoolGrad(backend, { ...inputs, route: one }, PLAIN),
      TypeError,
      "Cannot compute the gradients of convReluPool as the route must be int32 of shape [1,1,1,1]: current route is float32 of shape [1,1,1,1]",
    );
    const route = tf.zeros([1, 1, 1, 2], "int32");
    assertThrows(
      () => convReluPoolGrad(backend, { ...inputs, route }, PLAIN),
      TypeError,
      "current route is int32 of shape [1,1,1,2]",
    );
  });
});

Deno.test("convReluPoolGrad() rejects more pixels than a route's arithmetic has", () => {
  tf.tidy(() => {
    const dy = tf.ones([1, 1, 1, 1]);
    const inputs = {
      x: tf.zeros([1, 1 << 11, 1 << 10, 1]),
      filter: dy,
      dy,
      route: tf.zeros([1, 1, 1, 1], "int32"),
    };
    assertThrows(
      () => convReluPoolGrad(tf.backend() as BackendWasm, inputs, PLAIN),
      RangeError,
      "Cannot compute the gradients of convReluPool as the convolution must give fewer than 2097152 pixels: current size is 2048x1024",
    );
  });
});

/** The values of the gradients. */
function gradients(
  x: Float32Array,
  xShape: Shape,
  filter: Float32Array,
  filterShape: Shape,
  dy: Float32Array,
  route: Int32Array,
  dyShape: Shape,
  options: ConvReluPoolGradOptions,
) {
  const backend = tf.backend() as BackendWasm;
  const inputs = {
    x: tf.tensor(x, xShape),
    filter: tf.tensor(filter, filterShape),
    dy: tf.tensor(dy, dyShape),
    route: tf.tensor(route, dyShape, "int32"),
  };
  const result = convReluPoolGrad(backend, inputs, options);
  tf.dispose(Object.values(inputs));
  const read = (tensor: tf.TensorInfo) => {
    const data = backend.readSync(tensor.dataId).slice() as Float32Array;
    backend.disposeData(tensor.dataId);
    return data;
  };
  return {
    dFilter: read(result.dFilter),
    dBias: read(result.dBias),
    dx: result.dx && read(result.dx),
  };
}
