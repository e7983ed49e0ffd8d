/**
 * `report.html`: a training run on one page.
 *
 * @module
 */

import { percent, thousands } from "../format/numbers.ts";
import type { Digits, MnistSplits } from "../mnist/mod.ts";
import {
  computeMetrics,
  type Metrics,
  reliabilityBins,
  riskCoverage,
  temper,
} from "../model/mod.ts";
import { type Evaluation, findMistakes, type History } from "../train/mod.ts";

/** A finished run. */
export interface Run {
  /** Of its folder. */
  name: string;
  /** What was chosen, by its name in the program. */
  options: Record<string, string | number | boolean | undefined>;
  digits: MnistSplits;
  history: History;
  /** Folded into the model after `history` and `validation`, before `test`. */
  temperature: number;
  /** As it was found on. */
  validation: Evaluation;
  test: Evaluation;
}

/** The run's figures, for other programs. */
export function historyJson(run: Run): string {
  const { name, options, digits, history, temperature, validation, test } = run;
  const { probabilities: _, ...metrics } = test;
  return JSON.stringify(
    {
      name,
      options,
      data: digits.description,
      trainDigits: digits.train.labels.length,
      validationDigits: digits.validation.labels.length,
      epochs: history,
      calibration: {
        temperature,
        validation: {
          before: calibrationOf(validation),
          after: calibrationOf(
            temperedMetrics(validation, digits.validation, temperature),
          ),
        },
        test: {
          before: calibrationOf(
            temperedMetrics(test, digits.test, 1 / temperature),
          ),
          after: calibrationOf(test),
        },
      },
      test: { source: digits.source, ...metrics },
    },
    null,
    2,
  ) + "\n";
}

/** What a temperature changes. */
function calibrationOf({ loss, expectedCalibrationError }: Metrics) {
  return { loss, expectedCalibrationError };
}

/** What the metrics were, were the network at another temperature. */
function temperedMetrics(
  { probabilities }: Evaluation,
  { labels }: Digits,
  temperature: number,
): Metrics {
  const outputs = probabilities.length / labels.length;
  const tempered = temper(probabilities, outputs, temperature);
  return computeMetrics(tempered, labels);
}

/** `batchSize` as `Batch size`. */
function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Writes the page. */
export async function trainReport(run: Run): Promise<string> {
  // Loaded here, as the page carries the whole of Plotly with it.
  const {
    confusionFigure,
    historyFigure,
    mistakesFigure,
    rejectionFigure,
    reliabilityFigure,
    reportPage,
  } = await import("../plot/mod.ts");
  const { digits, history, temperature, test } = run;
  const last = history.at(-1)!;
  const before = temperedMetrics(test, digits.test, 1 / temperature);
  return reportPage({
    title: `Training run ${run.name}`,
    summary: [
      ["Test accuracy", accuracyText(test, digits.source)],
      [
        "Expected calibration error, test",
        `${percent(test.expectedCalibrationError)} (${
          percent(before.expectedCalibrationError)
        } before the temperature)`,
      ],
      ["Temperature, found on validation", temperature.toFixed(3)],
      ["Validation accuracy, last epoch", percent(last.valAccuracy)],
      ["Epochs trained", `${history.length}`],
      ["Data", digits.description],
      ["Training digits", thousands(digits.train.labels.length)],
      ...Object.entries(run.options)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]): [string, string] => [inWords(name), `${value}`]),
    ],
    figures: [
      {
        title: "Accuracy and loss",
        caption:
          "Training is measured with dropout on and while the weights still move, so validation can be the better of the two. Where validation gets worse and training better, the network learns its digits by heart.",
        figure: historyFigure(history),
      },
      {
        title: "Confusion matrix",
        caption:
          "Test digits by what they are (rows) and what they were taken for (columns).",
        figure: confusionFigure(test.confusion),
      },
      {
        title: "Reliability",
        caption:
          "Test digits by how sure the network is of them. A bar that ends at its mark is as it should be: of the digits that it is 90 % sure of, 90 % are right. Bars of few digits stray by chance.",
        figure: reliabilityFigure(
          reliabilityBins(test.probabilities, digits.test.labels),
        ),
      },
      {
        title: "Rejection",
        caption:
          "What is left of the errors where the test digits that the network is least sure of are not read at all.",
        figure: rejectionFigure(
          riskCoverage(test.probabilities, digits.test.labels),
        ),
      },
      {
        title: "Mistakes",
        caption: "The test digits it got wrong, the surest mistakes first.",
        figure: mistakesFigure(findMistakes(digits.test, test)),
      },
    ],
  });
}

/** `99.12 % (9,912 of 10,000)`, and what the digits were where not MNIST's. */
export function accuracyText(
  { accuracy, correct, count }: Metrics,
  source: MnistSplits["source"],
): string {
  const of = `${thousands(correct)} of ${thousands(count)}`;
  return source === "mnist"
    ? `${percent(accuracy)} (${of})`
    : `${
      percent(accuracy)
    } (${of} held out of the bundled sample, not MNIST's test set)`;
}

/** `Taken for no digit: 12 of 10,000`. */
export function noDigitsText(
  { noDigits = 0, count }: Pick<Evaluation, "noDigits" | "count">,
): string {
  return `Taken for no digit: ${thousands(noDigits)} of ${thousands(count)}`;
}
