import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import {
  createModel,
  SeededDropout,
  withSeededDropout,
} from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

await startWasmBackend();

function drop(layer: SeededDropout, training: boolean): number[] {
  return tf.tidy(() => {
    const y = layer.apply(tf.ones([100, 100]), { training }) as tf.Tensor;
    return [...y.dataSync()];
  });
}

Deno.test("SeededDropout drops its rate, scales the others, and draws anew", () => {
  const layer = new SeededDropout({ rate: 0.25 }, createRandom(7));
  const first = drop(layer, true);
  assertEquals([...new Set(first)].sort(), [0, Math.fround(1 / 0.75)]);
  const dropped = first.filter((value) => value === 0).length;
  // 10,000 draws of probability 0.25: 5 standard deviations are 217.
  assertEquals(Math.abs(dropped - 2500) < 217, true);
  assertNotEquals(drop(layer, true), first);
});

Deno.test("SeededDropout draws the same masks from the same seed", () => {
  const masks = () => {
    const layer = new SeededDropout({ rate: 0.5 }, createRandom(7));
    return [drop(layer, true), drop(layer, true)];
  };
  assertEquals(masks(), masks());
});

Deno.test("SeededDropout changes nothing outside of training", () => {
  const layer = new SeededDropout({ rate: 0.5 }, createRandom(7));
  assertEquals(drop(layer, false), new Array(10_000).fill(1));
});

Deno.test("SeededDropout rejects a rate that leaves nothing", () => {
  for (const rate of [-0.1, 1, NaN]) {
    assertThrows(
      () => new SeededDropout({ rate }, createRandom(7)),
      RangeError,
      `Cannot drop inputs as the rate must be at least 0 and below 1: current rate is ${rate}`,
    );
  }
});

Deno.test("SeededDropout goes on from another stream when it is reseeded", () => {
  const layer = new SeededDropout({ rate: 0.5 }, createRandom(7));
  const first = drop(layer, true);
  layer.reseed(createRandom(7));
  assertEquals(drop(layer, true), first);
});

Deno.test("SeededDropout is saved as plain Dropout", () => {
  const layer = new SeededDropout(
    { rate: 0.5, name: "forget" },
    createRandom(7),
  );
  assertEquals(layer.getClassName(), "Dropout");
  assertEquals(layer.getConfig(), {
    name: "forget",
    trainable: true,
    rate: 0.5,
    noise_shape: null,
    seed: null,
  });
});

Deno.test("withSeededDropout() brings the layers back, and changes nothing else", async () => {
  const model = createModel("classic", 7);
  const topology = model.toJSON(null, false) as Exclude<
    ReturnType<tf.LayersModel["toJSON"]>,
    string
  >;
  const before = structuredClone(topology);
  const again = await tf.models.modelFromJSON(withSeededDropout(topology));
  assertEquals(topology, before);
  assertEquals(
    again.layers.map((layer) => layer instanceof SeededDropout),
    model.layers.map((layer) => layer instanceof SeededDropout),
  );
  assertEquals(
    again.layers.map((layer) => layer.getConfig()["rate"]),
    model.layers.map((layer) => layer.getConfig()["rate"]),
  );
  assertEquals(again.toJSON(null, false), before);
  model.dispose();
  again.dispose();
});
