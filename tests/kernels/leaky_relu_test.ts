import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { leakyReluReference } from "@lib/kernels/reference/leaky_relu.ts";
import { BUILDS, runGuarded, withSpecials } from "./_guarded.ts";
import { assertSame, onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

Deno.test("leakyRelu() multiplies what is not positive by alpha", () => {
  const y = tf.tidy(() =>
    tf.leakyRelu(tf.tensor1d([-2, 0, 3, NaN, -Infinity, Infinity]), 0.5)
      .dataSync()
  );
  assertEquals([...y], [-1, 0, 3, NaN, -Infinity, Infinity]);
});

Deno.test("leakyRelu() agrees with the loop at every length", () => {
  for (const length of [0, 1, 3, 4, 7, 64, 1001]) {
    const x = withSpecials(values([length], length));
    // A quarter: every product is exact.
    const expected = leakyReluReference(x, 0.25);
    for (const build of BUILDS) {
      const { y } = runGuarded(
        build,
        { x, y: length },
        "x",
        (kernels, at) => kernels.leakyRelu(at.x, at.y, length, 0.25),
      );
      assertSame(y, expected);
    }
  }
});

Deno.test("leakyRelu() of integers is what the cpu backend gives", async () => {
  const run = () =>
    tf.tidy(() =>
      tf.leakyRelu(tf.tensor1d([-4, 0, 3], "int32"), 0.5)
        .dataSync<"float32">()
    );
  const y = run();
  assertEquals([...y], [-2, 0, 3]);
  assertEquals([...y], [...await onCpu(run)]);
});
