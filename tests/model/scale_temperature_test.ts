import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import {
  createModel,
  predict,
  scaleTemperature,
  temper,
} from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

await startWasmBackend();

function noise(count: number): Float32Array {
  const random = createRandom(1);
  return Float32Array.from({ length: count * 784 }, () => random.next());
}

Deno.test("scaleTemperature() has the model give tempered probabilities", () => {
  const model = createModel("small", 7);
  // A new network is sure of nothing, so it is made surer.
  const [kernel] = model.layers.at(-1)!.getWeights();
  model.layers.at(-1)!.setWeights([
    kernel!.mul(5),
    tf.linspace(-1, 1, 10),
  ]);
  const images = noise(20);
  const before = predict(model, images);
  scaleTemperature(model, 2.5);
  const after = predict(model, images);
  const expected = temper(before, 10, 2.5);
  for (const [index, value] of after.entries()) {
    // Sums of 1,600 float32 products, rounded at another size.
    assertAlmostEquals(value, expected[index]!, 1e-5);
  }
  model.dispose();
});

Deno.test("scaleTemperature() leaves no tensor behind", () => {
  const model = createModel("small", 7);
  const { numTensors } = tf.memory();
  scaleTemperature(model, 2);
  assertEquals(tf.memory().numTensors, numTensors);
  model.dispose();
});

Deno.test("scaleTemperature() rejects what is no temperature", () => {
  const model = createModel("small", 7);
  for (const temperature of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => scaleTemperature(model, temperature),
      RangeError,
      `Cannot scale the temperature as it must be above 0 and finite: current temperature is ${temperature}`,
    );
  }
  model.dispose();
});

Deno.test("scaleTemperature() rejects a model that ends otherwise", () => {
  const flatten = tf.layers.flatten({ inputShape: [2, 5] });
  const relu = tf.layers.dense({ units: 10, activation: "relu" });
  const cases: [tf.layers.Layer[], string][] = [
    [[flatten], "Flatten with undefined"],
    [[tf.layers.flatten({ inputShape: [2, 5] }), relu], "Dense with relu"],
  ];
  for (const [layers, current] of cases) {
    const model = tf.sequential({ layers });
    assertThrows(
      () => scaleTemperature(model, 2),
      TypeError,
      `Cannot scale the temperature as the last layer must be Dense with softmax: current layer is ${current}`,
    );
    model.dispose();
  }
});
