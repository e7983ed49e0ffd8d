import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
} from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { classCount, createModel, predict } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

await startWasmBackend();

const COUNT = 503; // more than the 500 that go through the network at a time
const MODEL = createModel("small", 7);

const IMAGES = noise(COUNT);
const PROBABILITIES = predict(MODEL, IMAGES);

/** [count, 28, 28, 1], in turns of seven from faint to full. */
function noise(count: number): Float32Array {
  const random = createRandom(1);
  return Float32Array.from(
    { length: count * 784 },
    (_, i) => random.next() * (1 + Math.floor(i / 784) % 7) / 7,
  );
}

function row(index: number): Float32Array {
  return PROBABILITIES.subarray(index * 10, index * 10 + 10);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

// Ten float32 shares, each rounded to 6e-8.
Deno.test("predict() gives probabilities that sum to 1 for each image", () => {
  assertEquals(PROBABILITIES.length, COUNT * 10);
  for (let index = 0; index < COUNT; index++) {
    assert(row(index).every((value) => value >= 0 && value <= 1));
    const sum = row(index).reduce((a, b) => a + b);
    assertAlmostEquals(sum, 1, 1e-6, `image ${index} sums to ${sum}`);
  }
});

// Sums of float32 products may be taken in another order for another batch.
Deno.test("predict() gives each of many images what it gives it alone", () => {
  for (const index of [0, 1, 499, 500, 501, COUNT - 1]) {
    const image = IMAGES.subarray(index * 784, (index + 1) * 784);
    const difference = largestDifference(predict(MODEL, image), row(index));
    assert(difference < 1e-5, `image ${index} differs by ${difference}`);
  }
  // The images differ by far more, so none can stand in another's place.
  assertGreater(largestDifference(row(499), row(500)), 1e-3);
  assertGreater(largestDifference(row(0), row(500)), 1e-3);
});

Deno.test("predict() of no image is empty", () => {
  assertEquals(predict(MODEL, new Float32Array(0)), new Float32Array(0));
});

Deno.test("predict() leaves the images as they are, and no tensor behind", () => {
  const { numTensors } = tf.memory();
  const images = noise(3);
  predict(MODEL, images);
  assertEquals(images, noise(3));
  assertEquals(tf.memory().numTensors, numTensors);
});

Deno.test("predict() gives as many probabilities as the network has classes", () => {
  const model = createModel("best", 7);
  assertEquals([classCount(MODEL), classCount(model)], [10, 11]);
  const probabilities = predict(model, noise(2));
  assertEquals(probabilities.length, 2 * 11);
  for (const start of [0, 11]) {
    const sum = probabilities.subarray(start, start + 11)
      .reduce((a, b) => a + b);
    assertAlmostEquals(sum, 1, 1e-6);
  }
  model.dispose();
});
