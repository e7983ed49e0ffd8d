import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { leakyReluGradReference } from "@lib/kernels/reference/leaky_relu_grad.ts";
import { BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import {
  assertClose,
  assertSame,
  onCpu,
  runKernel,
  values,
} from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("leakyReluGrad() multiplies dy by alpha where x is not positive", () => {
  const dx = runKernel("LeakyReluGrad", {
    x: [Float32Array.of(-1, 0, 2, NaN), [4]],
    dy: [Float32Array.of(2, 4, 6, 8), [4]],
  }, { alpha: 0.5 });
  assertEquals([...dx], [1, 2, 6, 4]);
});

Deno.test("leakyReluGrad() agrees with the loop at every length", () => {
  for (const length of [0, 1, 3, 4, 7, 64, 1001]) {
    const x = withSpecials(values([length], length));
    const dy = withSpecials(values([length], length + 1).reverse());
    // A quarter: every product is exact.
    const expected = leakyReluGradReference(x, dy, 0.25);
    for (const build of BUILDS) {
      const { dx } = runGuarded(
        build,
        { x, dy, dx: length },
        "dy",
        (kernels, at) =>
          kernels.leakyReluGrad(at.x, at.dy, at.dx, length, 0.25),
      );
      assertSame(dx, expected);
    }
  }
});

Deno.test("leakyReluGrad() is the gradient of tf.leakyRelu(), the same as on the cpu backend", async () => {
  const x = values([3, 5, 7], 1);
  const dy = values([3, 5, 7], 2);
  const run = () =>
    tf.tidy(() =>
      tf.grad((at) => tf.leakyRelu(at, 0.2))(
        tf.tensor(x, [3, 5, 7]),
        tf.tensor(dy, [3, 5, 7]),
      ).dataSync<"float32">()
    );
  // 1e-7: one product, rounded once.
  assertClose(run(), await onCpu(run), 1e-7);
});
