import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { reluGradReference } from "@lib/kernels/reference/relu_grad.ts";
import { BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import { assertSame, onCpu, runKernel, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("reluGrad() passes dy where x is positive", () => {
  const dx = runKernel("ReluGrad", {
    x: [Float32Array.of(-1, 0, 2, -0, 1e-45), [5]],
    dy: [Float32Array.of(1, 2, 3, 4, 5), [5]],
  }, {});
  assertEquals([...dx], [0, 0, 3, 0, 5]);
});

Deno.test("reluGrad() keeps a NaN of x, and an infinite dy where x is positive alone", () => {
  const dx = runKernel("ReluGrad", {
    x: [Float32Array.of(NaN, 1, -1, Infinity, -Infinity), [5]],
    dy: [Float32Array.of(1, Infinity, Infinity, NaN, NaN), [5]],
  }, {});
  assertEquals([...dx], [NaN, Infinity, 0, NaN, 0]);
});

Deno.test("reluGrad() agrees with the loop at every length", () => {
  for (const length of [0, 1, 2, 3, 4, 5, 8, 17, 64, 1001]) {
    const x = withSpecials(values([length], length));
    const dy = withSpecials(values([length], length + 1).reverse());
    const expected = reluGradReference(x, dy);
    for (const build of BUILDS) {
      const { dx } = runGuarded(
        build,
        { x, dy, dx: length },
        "dy",
        (kernels, at) => kernels.reluGrad(at.x, at.dy, at.dx, length),
      );
      assertSame(dx, expected);
    }
  }
});

Deno.test("reluGrad() is the gradient of tf.relu(), the same as on the cpu backend", async () => {
  const x = values([3, 5, 7], 1);
  x[4] = NaN;
  const dy = values([3, 5, 7], 2);
  const run = () =>
    tf.tidy(() =>
      tf.grad((at) => tf.relu(at))(
        tf.tensor(x, [3, 5, 7]),
        tf.tensor(dy, [3, 5, 7]),
      ).dataSync<"float32">()
    );
  const dx = run();
  assertSame(dx, reluGradReference(x, dy));
  assertSame(dx, await onCpu(run));
});

// d²/dx² of Σ relu(x)³ is 6 · relu(x).
Deno.test("reluGrad() has a gradient itself", () => {
  tf.tidy(() => {
    const cube = (x: tf.Tensor) => tf.relu(x).pow(3).sum();
    const second = tf.grad((x) => tf.grad(cube)(x));
    assertEquals(
      [...second(tf.tensor1d([-1, 2, 3])).dataSync()],
      [0, 12, 18],
    );
  });
});
