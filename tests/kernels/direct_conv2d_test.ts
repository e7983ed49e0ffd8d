import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import {
  directConv2d,
  directConv2dInputGradient,
  startWasmBackend,
} from "@lib/kernels/mod.ts";
import { conv2dReference } from "@lib/kernels/reference/conv2d.ts";
import { conv2dBackpropInputReference } from "@lib/kernels/reference/conv2d_backprop_input.ts";
import { assertClose, convCase, values } from "./_parity.ts";

await startWasmBackend();

const CASES = [
  convCase([2, 13, 13, 32], [3, 3, 32, 64], [1, 1], "valid"),
  convCase([3, 9, 7, 1], [3, 2, 1, 5], [1, 1], "valid"),
];

// 5e-5: sums of up to 288 float32 products, added in another order.
Deno.test("directConv2d() agrees with the reference, also where Winograd's algorithm is faster", () => {
  for (const { x, filter, info } of CASES) {
    const before = tf.memory().numTensors;
    const [xValues, filterValues] = [values(x, 1), values(filter, 2)];
    const y = tf.tidy(() =>
      directConv2d(tf.tensor4d(xValues, x), tf.tensor4d(filterValues, filter))
    );
    assertEquals(y.shape, info.outShape);
    assertClose(
      y.dataSync<"float32">(),
      conv2dReference(xValues, filterValues, info),
      5e-5,
    );
    y.dispose();
    assertEquals(tf.memory().numTensors, before);
  }
});

Deno.test("directConv2dInputGradient() agrees with the reference, also where Winograd's algorithm is faster", () => {
  for (const { x, filter, info } of CASES) {
    const before = tf.memory().numTensors;
    const [dyValues, filterValues] = [
      values(info.outShape, 1),
      values(filter, 2),
    ];
    const dx = tf.tidy(() =>
      directConv2dInputGradient(
        tf.tensor4d(dyValues, info.outShape),
        tf.tensor4d(filterValues, filter),
        x,
      )
    );
    assertEquals(dx.shape, x);
    assertClose(
      dx.dataSync<"float32">(),
      conv2dBackpropInputReference(dyValues, filterValues, info),
      5e-5,
    );
    dx.dispose();
    assertEquals(tf.memory().numTensors, before);
  }
});
