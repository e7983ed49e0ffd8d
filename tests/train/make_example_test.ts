import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { loadMnist } from "@lib/mnist/mod.ts";
import { NO_DIGIT } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { STYLED_DIGITS } from "@lib/synth/mod.ts";
import { drawCuts } from "@lib/train/draw_cuts.ts";
import { type ExampleOptions, makeExample } from "@lib/train/make_example.ts";

const { validation } = await loadMnist("sample", { seed: 7 });

const NOTHING: ExampleOptions = {
  augment: 0,
  distort: 0,
  noDigits: 0,
  styled: 0,
  cuts: 0,
};

/** The example in the place of a digit, and what it is. */
function example(index: number, options: Partial<ExampleOptions>, seed = 7) {
  const image = new Float32Array(784);
  const random = createRandom(seed, `${index}`);
  const all = { ...NOTHING, ...options };
  const nextCut = () => drawCuts(validation, random)[0]!;
  const label = makeExample(validation, index, image, all, random, nextCut);
  return { label, image };
}

Deno.test("makeExample() without changes gives the digit itself", () => {
  for (const index of [0, 1, 99]) {
    const { label, image } = example(index, {});
    assertEquals(label, validation.labels[index]);
    const bytes = validation.images.subarray(index * 784, (index + 1) * 784);
    assertEquals(image, Float32Array.from(bytes, (value) => value / 255));
  }
});

Deno.test("makeExample() keeps the label of a digit that it changes", () => {
  for (const changes of [{ augment: 1 }, { distort: 1 }]) {
    let changed = 0;
    for (let index = 0; index < 50; index++) {
      const { label, image } = example(index, changes);
      assertEquals(label, validation.labels[index]);
      const own = example(index, {}).image;
      if (image.some((value, i) => value !== own[i])) changed++;
    }
    assert(changed > 40, `${changed} of 50`);
  }
});

Deno.test("makeExample() gives as many of the other kinds as it is asked for", () => {
  for (let index = 0; index < 20; index++) {
    assertEquals(example(index, { noDigits: 1 }).label, NO_DIGIT);
    const { label, image } = example(index, { styled: 1 });
    assert((STYLED_DIGITS as readonly number[]).includes(label), `${label}`);
    assert(image.some((value) => value > 0.5));
  }
  let none = 0;
  for (let index = 0; index < 500; index++) {
    if (example(index, { noDigits: 0.3 }).label === NO_DIGIT) none++;
  }
  // 150 are expected, with a deviation of √(500 · 0.3 · 0.7) = 10.2.
  assert(none > 100 && none < 200, `${none} of 500`);
});

Deno.test("makeExample() obeys its seed", () => {
  const options = {
    augment: 1,
    distort: 1,
    noDigits: 0.3,
    styled: 0.3,
    cuts: 0.3,
  };
  for (let index = 0; index < 10; index++) {
    assertEquals(example(index, options, 7), example(index, options, 7));
    assertNotEquals(example(index, options, 7), example(index, options, 8));
  }
});
