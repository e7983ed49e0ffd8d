import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
} from "@std/assert";
import {
  accuracyText,
  historyJson,
  type Run,
  trainReport,
} from "@lib/cli/train_report.ts";
import { percent } from "@lib/format/numbers.ts";
import { decodePicture } from "@lib/image/mod.ts";
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
  temperature: 0.5,
  validation: {
    count: 2,
    correct: 2,
    accuracy: 1,
    loss: 0.25,
    expectedCalibrationError: 0.2,
    confusion: CONFUSION,
    probabilities: Float32Array.from([...sureOf(1, 0.8), ...sureOf(2, 0.8)]),
  },
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

/**
 * Of the test digits, before the temperature of 0.5: a confidence p was
 * q = √p / (√p + 9 √((1 - p) / 9)). Each is alone in its bin.
 */
const ERROR_BEFORE = [[0.91, 1], [0.82, 0], [0.73, 1]].reduce(
  (sum, [p, right]) => {
    const root = Math.sqrt(p!);
    const others = 3 * Math.sqrt(1 - p!);
    return sum + Math.abs(right! - root / (root + others)) / 3;
  },
  0,
);

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
  const { calibration, ...rest } = JSON.parse(text);
  assertEquals(Object.keys(calibration), ["temperature", "validation", "test"]);
  assertEquals(rest, {
    name: "classic-2",
    options: chosen,
    data: "MNIST from <here>",
    trainDigits: 1200,
    validationDigits: 2,
    epochs: RUN.history,
    test: { source: "mnist", ...metrics },
  });
});

// By hand: at half the temperature odds are squared. On validation, 8/10 to
// nine times 2/90 becomes p = 64/100 to 9 · 4/8100, so p = 144/145.
Deno.test("historyJson() tells loss and calibration before and after", () => {
  const { calibration } = JSON.parse(historyJson(RUN));
  assertEquals(calibration.temperature, 0.5);
  assertEquals(calibration.validation.before, {
    loss: 0.25,
    expectedCalibrationError: 0.2,
  });
  const { loss, expectedCalibrationError } = calibration.validation.after;
  assertAlmostEquals(loss, Math.log(145 / 144), 1e-6);
  assertAlmostEquals(expectedCalibrationError, 1 / 145, 1e-6);

  assertEquals(calibration.test.after, {
    loss: 1.5,
    expectedCalibrationError: 0.125,
  });
  assertAlmostEquals(
    calibration.test.before.expectedCalibrationError,
    ERROR_BEFORE,
    1e-6,
  );
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
      [
        "Expected calibration error, test",
        `12.50 % (${percent(ERROR_BEFORE)} before the temperature)`,
      ],
      ["Temperature, found on validation", "0.500"],
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
    assertEquals(titles, [
      "Accuracy and loss",
      "Confusion matrix",
      "Reliability",
      "Rejection",
      "Mistakes",
    ]);
    assertStringIncludes(page, "<pre>Confidence 66.7 % to 73.3 %: 1 digit, 73");
    assertStringIncludes(page, "<pre>0.00 % rejected: 33.33 % of the others");
    assertStringIncludes(
      page,
      "<pre>1 mistake, the surest first\n5 taken for 3 (82 %)</pre>",
    );
  });

  await t.step("the image of the digit that was mistaken", async () => {
    const figures = [
      ...page.matchAll(/<script type="application\/json">(.*?)<\/script>/gs),
    ].map(([, json]) => JSON.parse(json!));
    const [sheet] = figures[4].layout.images;
    const bytes = Uint8Array.fromBase64(sheet.source.split(",")[1]);
    const { data } = await decodePicture(bytes);
    // All pixels of a digit have one level: another's would be a third color.
    const colors = new Map<string, number>();
    for (let i = 0; i < data.length; i += 3) {
      const color = data.subarray(i, i + 3).join(" ");
      colors.set(color, (colors.get(color) ?? 0) + 1);
    }
    assertEquals(colors.size, 2);
    assert([...colors.values()].some((count) => count % 784 === 0));
  });

  await t.step("no undefined and no NaN, outside of its scripts", () => {
    const told = page.replaceAll(/<script.*?<\/script>/gs, "");
    assert(told.length < page.length);
    assert(!told.includes("undefined") && !told.includes("NaN"));
  });
});
