import * as tf from "@tensorflow/tfjs";
import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertThrows,
} from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { conv2dBackpropFilterReference } from "@lib/kernels/reference/conv2d_backprop_filter.ts";
import { createModel } from "@lib/model/mod.ts";
import {
  candidateBoxes,
  classTiles,
  featureTiles,
  filterGradientByBlocks,
  filterTiles,
  gradientErrors,
  greatestOf,
  judgedDigits,
  layerTable,
  meanDigits,
  nearestMeanAccuracy,
  trainingOps,
} from "@lib/notebook/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { readStages } from "@lib/read/mod.ts";

await startWasmBackend();
registerTrainingKernels();

const small = createModel("small", 7);

Deno.test("classTiles() gives rows of the ten classes", () => {
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 10);
  const images = Uint8Array.from({ length: 20 * 784 }, (_, i) => i / 784);
  const tiles = classTiles({ images, labels }, 2);
  assertEquals(tiles.map(({ caption }) => Number(caption)), [...labels]);
  assertEquals(tiles.map(({ values }) => values[0]), [
    ...Array.from({ length: 20 }, (_, i) => i),
  ]);
});

Deno.test("classTiles() rejects more digits than there are", () => {
  const digits = { images: new Uint8Array(784), labels: Uint8Array.of(0) };
  assertThrows(
    () => classTiles(digits, 2),
    RangeError,
    "Cannot show 2 digits of class 0 as there must be so many: there are 1",
  );
});

Deno.test("nearestMeanAccuracy() counts what lies nearer to its own mean", () => {
  const images = new Uint8Array(3 * 784);
  images.fill(200, 784, 2 * 784); // the second is dark
  images.fill(140, 2 * 784); // the third is nearer to it
  const means = meanDigits({
    images: images.subarray(0, 2 * 784),
    labels: Uint8Array.of(1, 2),
  });
  const accuracy = (labels: number[]) =>
    nearestMeanAccuracy({
      images: images.subarray(784),
      labels: Uint8Array.from(labels),
    }, means);
  assertEquals([accuracy([2, 2]), accuracy([2, 1]), accuracy([3, 3])], [
    ...[1, 0.5, 0],
  ]);
});

Deno.test("layerTable() has a row a layer and their sum", () => {
  const { rows } = layerTable(small);
  assertEquals(rows[1], ["Conv2D", "26 × 26 × 32", "320"]);
  assertEquals(rows.at(-1), ["Together", "", "34,826"]);
  assertEquals(rows.length, small.layers.length + 1);
});

Deno.test("filterTiles() gives the weights of each filter", () => {
  const tiles = filterTiles(small);
  const [filter] = small.layers[1]!.getWeights();
  assertEquals(tiles.length, 32);
  const [third] = filter!.gather([2], 3).reshape([9]).dataSync();
  assertEquals(tiles[2]!.values[0], third);
});

Deno.test("featureTiles() gives what the first layer makes of a digit", () => {
  const image = Uint8Array.from({ length: 784 }, (_, i) => i % 200);
  const tiles = featureTiles(small, image);
  assertEquals([tiles.length, tiles[0]!.values.length], [32, 26 * 26]);
  // By hand, at (3, 5) of the fifth filter.
  const { values } = filterTiles(small)[4]!;
  let sum = 0;
  for (let r = 0; r < 3; r++) {
    for (let s = 0; s < 3; s++) {
      sum += values[3 * r + s]! * image[28 * (3 + r) + 5 + s]! / 255;
    }
  }
  const expected = Math.max(0, sum);
  assertAlmostEquals(tiles[4]!.values[3 * 26 + 5]!, expected, 1e-5);
  assertEquals(greatestOf([{ values: [-3, 2], caption: "" }]), 3);
});

Deno.test("filterTiles() rejects a network without such a convolution", () => {
  const dense = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [3] })],
  });
  assertThrows(
    () => filterTiles(dense),
    TypeError,
    "Cannot show filters as the network must have a convolution of one channel: current layers are Dense",
  );
});

Deno.test("candidateBoxes() and judgedDigits() show what the reader weighed", async () => {
  // Two bars of ink on paper, for a classifier that takes all for a 1.
  const picture = {
    width: 400,
    height: 300,
    data: new Uint8Array(3 * 400 * 300).fill(255),
  };
  for (let y = 100; y < 200; y++) {
    for (const x of [120, 260]) {
      picture.data.fill(0, 3 * (400 * y + x), 3 * (400 * y + x + 14));
    }
  }
  const { read } = await readStages(picture, (_, count) => {
    const scores = new Float32Array(10 * count).fill(0.01);
    for (let i = 0; i < count; i++) scores[10 * i + 1] = 0.91;
    return Promise.resolve(scores);
  });
  const boxes = candidateBoxes(read.rows);
  assertEquals(boxes.map(({ name }) => name), ["1: 91.0 %", "1: 91.0 %"]);
  const digits = judgedDigits(read.rows, read.ink);
  assertEquals(digits.map(({ image }) => image.length), [784, 784]);
  assertAlmostEquals(digits[0]!.probabilities[1]!, 0.91, 1e-6);
});

Deno.test("filterGradientByBlocks() gives what the loops give", () => {
  const shape: [number, number, number, number] = [2, 7, 6, 8];
  const info = tf.backend_util
    .computeConv2DInfo(shape, [3, 2, 8, 12], 1, 1, "valid");
  const random = createRandom(7);
  const draw = (size: number) =>
    Float32Array.from({ length: size }, () => 2 * random.next() - 1);
  const x = draw(2 * 7 * 6 * 8);
  const dy = draw(tf.util.sizeFromShape(info.outShape));
  const expected = conv2dBackpropFilterReference(x, dy, info);
  filterGradientByBlocks(x, dy, info).forEach((value, i) => {
    // Both sum in float64.
    assertAlmostEquals(value, expected[i]!, 1e-6);
  });
});

Deno.test("filterGradientByBlocks() rejects channels that make no blocks", () => {
  const info = tf.backend_util
    .computeConv2DInfo([1, 3, 3, 1], [2, 2, 1, 4], 1, 1, "valid");
  assertThrows(
    () =>
      filterGradientByBlocks(new Float32Array(9), new Float32Array(16), info),
    RangeError,
    "Cannot work in blocks as both numbers of channels must be multiples of 4: current are 1 and 4",
  );
});

Deno.test("gradientErrors() is small for the gradient and large for another", () => {
  const [right] = gradientErrors(conv2dBackpropFilterReference, [1e-5], 7);
  // A gradient of up to about 4, rounded to float32.
  assertLess(right!, 1e-6);
  const wrong = gradientErrors(
    (x, dy, info) =>
      conv2dBackpropFilterReference(x, dy, info).map((value) => value + 0.01),
    [1e-3, 1e-5],
    7,
  );
  for (const error of wrong) assertAlmostEquals(error, 0.01, 1e-4);
});

Deno.test("trainingOps() run, and free what they make", () => {
  const ops = Object.values(trainingOps(7));
  for (const run of ops) run();
  const before = tf.memory().numTensors;
  for (const run of ops) run();
  assertEquals([ops.length, tf.memory().numTensors], [5, before]);
});
