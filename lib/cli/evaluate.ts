/**
 * `deno task evaluate`: judges a model, on MNIST's test digits, on a folder of
 * labeled pictures, or on pictures of numbers that it makes.
 *
 * @module
 */

import { percent } from "../format/numbers.ts";
import { startWasmBackend } from "../kernels/mod.ts";
import { loadMnist } from "../mnist/mod.ts";
import { loadModel } from "../model/mod.ts";
import { evaluateModel } from "../train/mod.ts";
import { EVALUATE } from "./evaluate_command.ts";
import { evaluatePictures } from "./evaluate_pictures.ts";
import { evaluateStrings } from "./evaluate_strings.ts";
import { modelPath } from "./model_path.ts";
import { helpText, parseCommand, UsageError } from "./options.ts";
import { type Output, runTask } from "./run_task.ts";
import { accuracyText, noDigitsText } from "./train_report.ts";
import { dataPath } from "./user_path.ts";

/** Runs the task. */
export async function evaluate(
  args: string[],
  output: Output,
): Promise<number> {
  const { options, help } = parseCommand(EVALUATE, args);
  if (help) {
    output.print(helpText(EVALUATE));
    return 0;
  }
  checkMode(options);
  if (options.pictures !== undefined) {
    return await evaluatePictures(options.pictures, options, output);
  }
  if (options.strings) return await evaluateStrings(options, output);
  await startWasmBackend();
  const model = await loadModel(modelPath(options.model));
  const digits = await loadMnist(dataPath(options.data));
  const { probabilities: _, ...metrics } = evaluateModel(model, digits.test);
  // Null where there is no such digit among them.
  const accuracyByClass = metrics.confusion.map((row, label) => {
    const count = row.reduce((sum, each) => sum + each);
    return count === 0 ? null : row[label]! / count;
  });
  if (options.json) {
    output.print(JSON.stringify({
      source: digits.source,
      ...metrics,
      accuracyByClass,
    }));
    return 0;
  }
  output.print(digits.description);
  output.print(`Test accuracy: ${accuracyText(metrics, digits.source)}`);
  if (metrics.noDigits !== undefined) output.print(noDigitsText(metrics));
  output.print(
    `Expected calibration error: ${percent(metrics.expectedCalibrationError)}`,
  );
  output.print("");
  output.print("Digit  Accuracy");
  for (const [label, accuracy] of accuracyByClass.entries()) {
    const shown = accuracy === null ? "none" : percent(accuracy);
    output.print(`    ${label}  ${shown.padStart(8)}`);
  }
  output.print("");
  for (const line of confusionTable(metrics.confusion)) output.print(line);
  return 0;
}

/** The options that need another one. */
function checkMode(
  options: ReturnType<typeof parseCommand<typeof EVALUATE.options>>["options"],
): void {
  const { pictures, strings, each } = options;
  const wanted = (name: string, what: string, came: string) =>
    new UsageError(
      `Cannot run evaluate as --${name} must come ${what}: ${came}`,
    );
  if (strings && pictures !== undefined) {
    throw wanted("strings", "without --pictures", "both are there");
  }
  if (each && !strings && pictures === undefined) {
    throw wanted("each", "with --pictures or --strings", "there is none");
  }
  for (const name of ["count", "digits", "save", "failures"] as const) {
    if (options[name] !== undefined && !strings) {
      throw wanted(name, "with --strings", "there is none");
    }
  }
}

/** Labels down, predictions across. */
function confusionTable(confusion: number[][]): string[] {
  const cells = (row: (string | number)[]) =>
    row.map((cell) => `${cell}`.padStart(6)).join("");
  return [
    "Digits by what they are (down) and what they were taken for (across):",
    `  ${cells([...confusion.keys()])}`,
    ...confusion.map((row, label) =>
      `${label} ${cells(row.map((count) => count === 0 ? "·" : count))}`
    ),
  ];
}

if (import.meta.main) Deno.exit(await runTask(evaluate, Deno.args));
