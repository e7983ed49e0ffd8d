import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  accuracyText,
  historyJson,
  type Run,
  trainReport,
} from "@lib/cli/train_report.ts";
import type { Digits } from "@lib/mnist/mod.ts";

/** Digits of one level each, 10 for the first, 11 for the next, and so on. */
function digitsOf(...labels: number[]): Digits {
  return {
    images: Uint8Array.from(
      { length: labels.length * 784 },
      (_, i) => 10 + Math.floor(i / 784),
    ),
    labels: Uint8Array.from(labels),
  };
}

/** Sure by `confidence` of one digit, and of the others alike. */
function sureOf(digit: number, confidence: number): number[] {
  const rest = (1 - confidence) / 9;
  return Array.from({ length: 10 }, (_, i) => i === digit ? confidence : rest);
}

const CONFUSION = Array.from({ length: 10 }, () => new Array(10).fill(0));
CONFUSION[4]![4] = 1;
CONFUSION[5]![3] = 1;
CONFUSION[9]![9] = 1;

/** Of the test digits 4, 5 and 9, the 5 was taken for a 3. */
const RUN: Run = {
  name: "classic-2",
  options: {
    data: "auto",
    architecture: "classic",
    epochs: 2,
    learningRate: 0.001,
    augment: 0,
    name: undefined,
  },
  digits: {
    train: digitsOf(...new Array(1200).fill(0)),
    validation: digitsOf(1, 2),
    test: digitsOf(4, 5, 9),
    source: "mnist",
    description: "MNIST from <here>",
  },
  history: [1, 2].map((epoch) => ({
    epoch,
    trainLoss: 0.5 / epoch,
    trainAccuracy: 0.9,
    valLoss: 0.25,
    valAccuracy: epoch === 2 ? 0.9876 : 0.9,
    imagesPerSecond: 4000,
  })),
  test: {
    count: 3,
    correct: 2,
    accuracy: 2 / 3,
    loss: 1.5,
    expectedCalibrationError: 0.125,
    confusion: CONFUSION,
    probabilities: Float32Array.from([
      ...sureOf(4, 0.91),
      ...sureOf(3, 0.82),
      ...sureOf(9, 0.73),
    ]),
  },
};

Deno.test("accuracyText() calls the sample's figure what it is", () => {
  const metrics = {
    count: 10_000,
    correct: 9912,
    accuracy: 0.9912,
    loss: 0.03,
    expectedCalibrationError: 0.003,
    confusion: CONFUSION,
  };
  assertEquals(accuracyText(metrics, "mnist"), "99.12 % (9,912 of 10,000)");
  assertEquals(
    accuracyText(metrics, "sample"),
    "99.12 % (9,912 of 10,000 held out of the bundled sample, not MNIST's test set)",
  );
});

Deno.test("historyJson() tells the run, and only what was chosen", () => {
  const text = historyJson(RUN);
  assert(!text.includes("undefined") && !text.includes("null"), text);
  assert(text.endsWith("}\n"));
  const { probabilities: _, ...metrics } = RUN.test;
  const { name: __, ...chosen } = RUN.options;
  assertEquals(JSON.parse(text), {
    name: "classic-2",
    options: chosen,
    data: "MNIST from <here>",
    trainDigits: 1200,
    validationDigits: 2,
    epochs: RUN.history,
    test: { source: "mnist", ...metrics },
  });
});

Deno.test("trainReport() shows title, figures and options on one page", async (t) => {
  const page = await trainReport(RUN);

  await t.step("the title", () => {
    assertStringIncludes(page, "<title>Training run classic-2</title>");
  });

  await t.step("the facts and the options that have a value", () => {
    const rows = [...page.matchAll(/<tr><th[^>]*>(.*?)<\/th><td>(.*?)<\/td>/g)]
      .map(([, name, value]) => [name, value]);
    assertEquals(rows, [
      ["Test accuracy", "66.67 % (2 of 3)"],
      ["Validation accuracy, last epoch", "98.76 %"],
      ["Epochs trained", "2"],
      ["Data", "MNIST from &lt;here&gt;"],
      ["Training digits", "1,200"],
      ["Data", "auto"],
      ["Architecture", "classic"],
      ["Epochs", "2"],
      ["Learning rate", "0.001"],
      ["Augment", "0"],
    ]);
  });

  await t.step("the figures, in words too", () => {
    const titles = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, h2]) => h2);
    assertEquals(titles, ["Accuracy and loss", "Confusion matrix", "Mistakes"]);
    assertStringIncludes(
      page,
      "<pre>1 mistake, the surest first\n5 taken for 3 (82 %)</pre>",
    );
  });

  await t.step("the image of the digit that was mistaken", () => {
    const figures = [
      ...page.matchAll(/<script type="application\/json">(.*?)<\/script>/gs),
    ].map(([, json]) => JSON.parse(json!));
    const levels: number[] = figures[2].data[0].z.flat();
    assertEquals(levels.filter((level) => level === 11).length, 784);
    assert(!levels.includes(10) && !levels.includes(12));
  });

  await t.step("no undefined and no NaN, outside of its scripts", () => {
    const told = page.replaceAll(/<script.*?<\/script>/gs, "");
    assert(told.length < page.length);
    assert(!told.includes("undefined") && !told.includes("NaN"));
  });
});
