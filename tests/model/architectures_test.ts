import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { ARCHITECTURE_NAMES, createModel } from "@lib/model/mod.ts";

await startWasmBackend();

/** All weights of a new model, in order. */
function weightsOf(name: string, seed: number): number[] {
  const model = createModel(name, seed);
  const values = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  model.dispose();
  return values;
}

Deno.test("createModel() builds classic as the original script had it", () => {
  const model = createModel("classic", 7);
  const layers = model.layers.slice(1).map((layer) => [
    layer.getClassName(),
    layer.outputShape.slice(1),
  ]);
  assertEquals(layers, [
    ["Conv2D", [26, 26, 32]],
    ["MaxPooling2D", [13, 13, 32]],
    ["Dropout", [13, 13, 32]],
    ["Conv2D", [11, 11, 64]],
    ["MaxPooling2D", [5, 5, 64]],
    ["Dropout", [5, 5, 64]],
    ["Flatten", [1600]],
    ["Dense", [128]],
    ["Dropout", [128]],
    ["Dense", [10]],
  ]);
  assertEquals(model.countParams(), 225_034);
  model.dispose();
});

Deno.test("createModel() gives a probability for each digit, best one for none besides", async (t) => {
  for (const name of ARCHITECTURE_NAMES) {
    await t.step(name, () => {
      const model = createModel(name, 7);
      const sums = tf.tidy(() => {
        const y = model.predict(tf.ones([3, 28, 28, 1])) as tf.Tensor;
        assertEquals(y.shape, [3, name === "best" ? 11 : 10]);
        return y.sum(1).dataSync();
      });
      for (const sum of sums) assertEquals(Math.abs(sum - 1) < 1e-5, true);
      model.dispose();
    });
  }
});

Deno.test("createModel() draws the same weights from the same seed", () => {
  const weights = weightsOf("small", 7);
  assertEquals(weights, weightsOf("small", 7));
  assertNotEquals(weights, weightsOf("small", 8));
});

Deno.test("createModel() rejects a name that it does not know", () => {
  for (const name of ["resnet", "toString"]) {
    assertThrows(
      () => createModel(name, 7),
      RangeError,
      `Cannot build a model as the architecture must be one of classic, best, quick, small: current name is ${name}`,
    );
  }
});
