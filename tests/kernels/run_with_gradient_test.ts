import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { runWithGradient } from "@lib/kernels/_run_with_gradient.ts";

await startWasmBackend();

/** The cube of x; its gradient is said to be 10 x dy, to tell it from others. */
function cube(x: tf.Tensor, seen: boolean[] = []): tf.Tensor {
  return runWithGradient(
    "Cube",
    { x },
    (isKept) => {
      seen.push(isKept);
      return isKept ? [x.square().mul(x), x] : [x.square().mul(x)];
    },
    (dy, [x]) => ({ x: () => dy.mul(x!).mul(10) }),
  );
}

Deno.test("runWithGradient() gives the op its own gradient, within those of others", () => {
  tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((x) => cube(x.mul(2)).sum())(
      tf.tensor1d([1, -2]),
    );
    assertEquals([...value.dataSync()], [8 - 64]);
    assertEquals([...grad.dataSync()], [40, -80]);
  });
});

Deno.test("runWithGradient() keeps nothing where no gradient is taken, nor within another op", () => {
  const seen: boolean[] = [];
  tf.tidy(() => {
    const x = tf.tensor1d([2]);
    cube(x, seen);
    tf.grad((x) => cube(x, seen))(x);
    const outer = tf.customGrad((x) => ({
      value: cube(x as tf.Tensor, seen),
      gradFunc: (dy) => dy,
    }));
    assertEquals([...tf.grad((x) => outer(x))(x).dataSync()], [1]);
  });
  assertEquals(seen, [false, true, false]);
});

Deno.test("runWithGradient() frees what it kept", () => {
  const x = tf.tensor1d([2, 3]);
  const before = tf.memory();
  tf.grad((x) => cube(x).sum())(x).dispose();
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  assertEquals(
    { numTensors, numBytes, numDataBuffers },
    {
      numTensors: before.numTensors,
      numBytes: before.numBytes,
      numDataBuffers: before.numDataBuffers,
    },
  );
  x.dispose();
});

Deno.test("runWithGradient() leaves the tape on where the op throws", () => {
  const broken = () =>
    runWithGradient("Broken", {}, () => {
      throw new RangeError("no result");
    }, () => ({}));
  tf.tidy(() => {
    const gradient = tf.grad((x) => {
      assertThrows(broken, RangeError, "no result");
      return x.square().sum();
    });
    assertEquals([...gradient(tf.tensor1d([3])).dataSync()], [6]);
  });
});
