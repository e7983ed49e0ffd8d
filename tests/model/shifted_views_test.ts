import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertLess } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import {
  chainLayers,
  createModel,
  loadModel,
  MeanOfViews,
  predict,
  saveModel,
  ShiftedViews,
  VIEWS,
} from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

await startWasmBackend();

function apply(
  layer: tf.layers.Layer,
  x: tf.Tensor,
  training: boolean,
): { shape: number[]; values: number[] } {
  return tf.tidy(() => {
    const y = layer.apply(x, { training }) as tf.Tensor;
    return { shape: y.shape, values: [...y.dataSync()] };
  });
}

function noise(count: number): Float32Array {
  const random = createRandom(7, "views");
  return Float32Array.from({ length: count }, () => random.next());
}

/** By the definition: the image moved, with paper where it left. */
function shifted(
  image: Float32Array,
  [down, right]: readonly [number, number],
  [height, width, channels]: [number, number, number],
): Float32Array {
  const moved = new Float32Array(image.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromY, fromX] = [y - down, x - right];
      if (fromY < 0 || fromX < 0 || fromY >= height || fromX >= width) continue;
      for (let c = 0; c < channels; c++) {
        moved[(y * width + x) * channels + c] =
          image[(fromY * width + fromX) * channels + c]!;
      }
    }
  }
  return moved;
}

Deno.test("ShiftedViews gives each image and its neighbors of a pixel", () => {
  const size: [number, number, number] = [4, 3, 2];
  const images = noise(2 * 24);
  const x = tf.tensor(images, [2, ...size]);
  const { shape, values } = apply(new ShiftedViews({}), x, false);
  assertEquals(shape, [10, ...size]);
  assertEquals(
    values,
    [0, 1].flatMap((i) =>
      VIEWS.flatMap((view) => [
        ...shifted(images.subarray(24 * i, 24 * (i + 1)), view, size),
      ])
    ),
  );
  x.dispose();
});

Deno.test("MeanOfViews takes the mean of five rows after five", () => {
  const x = tf.tensor2d(Array.from({ length: 10 }, (_, i) => [i, i * i]));
  assertEquals(apply(new MeanOfViews({}), x, false), {
    shape: [2, 2],
    values: [2, 6, 7, 51],
  });
  x.dispose();
});

Deno.test("ShiftedViews and MeanOfViews pass on what they get in training", () => {
  const images = tf.tensor(noise(48), [2, 4, 3, 2]);
  const rows = tf.tensor(noise(10), [5, 2]);
  for (
    const [layer, x] of [
      [new ShiftedViews({}), images],
      [new MeanOfViews({}), rows],
    ] as const
  ) {
    assertEquals(apply(layer, x, true), {
      shape: x.shape,
      values: [...x.dataSync()],
    });
    x.dispose();
  }
});

/** The softmax of the mean of the logits of views, a view at a time. */
function meanOf(
  views: typeof VIEWS,
  model: tf.LayersModel,
  image: Float32Array,
): number[] {
  return tf.tidy(() => {
    const logits = views.map((view) => {
      let y: tf.Tensor = tf.tensor(
        shifted(image, view, [28, 28, 1]),
        [1, 28, 28, 1],
      );
      for (const layer of chainLayers(model)!) {
        if (layer instanceof ShiftedViews || layer instanceof MeanOfViews) {
          continue;
        }
        y = layer.apply(y, { training: false }) as tf.Tensor;
      }
      return y.log();
    });
    return [...tf.softmax(tf.stack(logits).mean(0)).dataSync()];
  });
}

Deno.test("best judges by the mean of five views", () => {
  const model = createModel("best", 7);
  const image = noise(784);
  const expected = meanOf(VIEWS, model, image);
  const probabilities = predict(model, image);
  for (const [i, value] of probabilities.entries()) {
    // Float32 sums of some hundred products, in another order.
    assertLess(Math.abs(value - expected[i]!), 1e-5);
  }
  const alone = meanOf(VIEWS.slice(0, 1), model, image);
  assert(alone.some((value, i) => Math.abs(value - expected[i]!) > 1e-4));
  for (const [i, value] of predict(model, image, { oneView: true }).entries()) {
    assertLess(Math.abs(value - alone[i]!), 1e-5);
  }
  model.dispose();
});

Deno.test("predict() with one view is the same where there are no others", () => {
  const model = createModel("quick", 7);
  const image = noise(784);
  assertEquals(predict(model, image, { oneView: true }), predict(model, image));
  model.dispose();
});

testThatNeeds(
  { read: [TMP], write: [TMP] },
  "best takes its views along when it is saved",
  () =>
    withTempFolder(async (folder) => {
      const model = createModel("best", 7);
      await saveModel(model, folder);
      const loaded = await loadModel(folder);
      const image = noise(784);
      assertEquals(predict(loaded, image), predict(model, image));
      loaded.dispose();
      model.dispose();
    }),
);
