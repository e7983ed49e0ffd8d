import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { applyLayers, reseedDropout, SeededDropout } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

await startWasmBackend();

/** Two layers of dropout, one of them in a model inside the model. */
function twoDropouts(): tf.Sequential {
  const dropout = () => new SeededDropout({ rate: 0.5 }, createRandom(7));
  const inner = tf.sequential({
    layers: [tf.layers.inputLayer({ inputShape: [100] }), dropout()],
  });
  return tf.sequential({
    layers: [tf.layers.inputLayer({ inputShape: [100] }), dropout(), inner],
  });
}

/** What is left of ones. */
function left(model: tf.LayersModel): number[] {
  return tf.tidy(() => [
    ...applyLayers(model, tf.ones([1, 100]), { training: true }).dataSync(),
  ]);
}

Deno.test("reseedDropout() makes the masks depend on seed and purpose alone", () => {
  const model = twoDropouts();
  const masks = (seed: number, purpose: string) => {
    reseedDropout(model, seed, purpose);
    return left(model);
  };
  const first = masks(7, "step 1");
  assertNotEquals(left(model), first);
  assertEquals(masks(7, "step 1"), first);
  assertNotEquals(masks(8, "step 1"), first);
  assertNotEquals(masks(7, "step 2"), first);
});

// With one mask for both, a half would be left; with two, a quarter.
Deno.test("reseedDropout() gives each layer masks of its own, in inner models too", () => {
  const model = twoDropouts();
  reseedDropout(model, 7, "");
  const kept = left(model).filter((value) => value > 0);
  // 100 draws of probability 0.25: 5 standard deviations are 22.
  assertEquals(kept.length > 3 && kept.length < 47, true);
  assertEquals([...new Set(kept)], [4]);
});

Deno.test("reseedDropout() rejects layers that obey no seed", () => {
  const { alphaDropout, dropout, gaussianDropout, gaussianNoise } = tf.layers;
  const cases: [string, tf.layers.Layer][] = [
    ["AlphaDropout", alphaDropout({ rate: 0.5, name: "forget" })],
    ["Dropout", dropout({ rate: 0.5, name: "forget" })],
    ["GaussianDropout", gaussianDropout({ rate: 0.5, name: "forget" })],
    ["GaussianNoise", gaussianNoise({ stddev: 1, name: "forget" })],
  ];
  for (const [className, layer] of cases) {
    const model = tf.sequential({
      layers: [tf.layers.inputLayer({ inputShape: [4] }), layer],
    });
    assertThrows(
      () => reseedDropout(model, 7, ""),
      TypeError,
      `Cannot seed the layer forget as it must be a SeededDropout: current class is ${className}`,
    );
  }
});
