/**
 * `deno task train`: trains a network and keeps it.
 *
 * @module
 */

import { basename } from "node:path";
import { percent, thousands } from "../format/numbers.ts";
import { writeWhole } from "../files/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import {
  type DownloadProgress,
  loadMnist,
  type MnistSplits,
} from "../mnist/mod.ts";
import {
  ARCHITECTURE_NAMES,
  classCount,
  createModel,
  findTemperature,
  NO_DIGIT,
  saveModel,
  scaleTemperature,
} from "../model/mod.ts";
import {
  createRunFolder,
  evaluateModel,
  isRunName,
  MAX_WORKERS,
  type Recipe,
  RECIPES,
  SCHEDULES,
  showProgress,
  startTeam,
  type Team,
  trainAndSave,
} from "../train/mod.ts";
import {
  type Arguments,
  helpText,
  parseCommand,
  UsageError,
} from "./options.ts";
import { type Output, runTask } from "./run_task.ts";
import { taskCommand } from "./task_command.ts";
import {
  accuracyText,
  historyJson,
  noDigitsText,
  trainReport,
} from "./train_report.ts";
import { dataPath, projectPath } from "./user_path.ts";

/** The recipes in a line each; the times are of all of MNIST. */
const RECIPE_NOTES = {
  standard: "the original script's choices; half a minute",
  quick: "the most that two passes give; nine seconds",
  best: "what ships: for accuracy and for photographs; ten minutes",
} satisfies Record<keyof typeof RECIPES, string>;

const COMMAND = {
  name: "train",
  summary: "Trains a network on MNIST and saves it to data/runs/NAME/.",
  notes: [
    "",
    "Recipes, and how long they take on two cores:",
    ...Object.entries(RECIPE_NOTES).map(([name, note]) =>
      `  ${name.padEnd(8)}  ${note}`
    ),
  ],
  operands: "",
  options: {
    data: {
      type: "text",
      value: "auto|full|sample|DIR",
      default: "auto",
      help: "MNIST, or else the bundled sample; MNIST only; " +
        "the sample; IDX files in DIR",
    },
    recipe: {
      type: "choice",
      choices: Object.keys(RECIPES),
      default: "standard",
      help: "Chooses all that is left out of the next six",
    },
    architecture: {
      type: "choice",
      choices: ARCHITECTURE_NAMES,
      help: "The network",
    },
    epochs: {
      type: "integer",
      value: "N",
      minimum: 1,
      maximum: 1000,
      help: "Times that all training digits are seen",
    },
    "batch-size": {
      type: "integer",
      value: "N",
      minimum: 1,
      // With more, a convolution no longer fits the backend's memory.
      maximum: 2000,
      help: "Digits in a step of the optimizer",
    },
    "learning-rate": {
      type: "number",
      value: "RATE",
      minimum: 1e-7,
      maximum: 1,
      help: "Of Adam",
    },
    schedule: {
      type: "choice",
      choices: Object.keys(SCHEDULES),
      help: "How the learning rate goes over the run",
    },
    augment: {
      type: "flag",
      help: "Trains on randomly turned, scaled, slanted and shifted digits",
    },
    seed: {
      type: "integer",
      value: "N",
      default: 7,
      minimum: 0,
      maximum: 2 ** 32 - 1,
      help: "Same seed, same weights",
    },
    workers: {
      type: "integer",
      value: "N",
      default: Math.min(navigator.hardwareConcurrency, MAX_WORKERS),
      minimum: 1,
      maximum: MAX_WORKERS,
      help: "Threads; all cores where left out, with the same weights",
    },
    strict: {
      type: "flag",
      help: "Computes without fused multiply-add, alike on every machine",
    },
    name: {
      type: "text",
      value: "NAME",
      help: "Of the run's folder; a free one is chosen where left out",
    },
  },
} as const;

/** Runs the task. */
export async function train(args: string[], output: Output): Promise<number> {
  const { options, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  if (options.name !== undefined && !isRunName(options.name)) {
    throw new UsageError(
      `Cannot run train as --name must be letters, digits, dots, dashes and underscores: current value is ${options.name}`,
    );
  }
  await startWasmBackend();
  registerTrainingKernels({ strict: options.strict });
  // Both take a while: the digits are read while the threads start.
  const loading = loadMnist(dataPath(options.data), {
    onProgress: downloadProgress(output),
  });
  loading.catch(() => {}); // Told below, where it is awaited.
  const { seed, workers } = options;
  const chosen = chooseRecipe(options);
  const model = createModel(chosen.architecture, seed);
  const hasNoDigit = classCount(model) > NO_DIGIT;
  const recipe = hasNoDigit ? chosen : { ...chosen, noDigits: 0 };
  const team = await startTeam(model, { ...recipe, seed, workers });
  try {
    const digits = await loading;
    output.print(digits.description);
    const folder = await createRunFolder(
      projectPath("data/runs"),
      recipe.architecture,
      options.name,
    );
    const run = { folder, recipe, seed, digits, team, output };
    try {
      await trainAndReport(run);
    } catch (error) {
      // Goes only if it is empty: what was saved stays.
      await Deno.remove(folder).catch(() => {});
      throw error;
    }
  } finally {
    team.close();
  }
  return 0;
}

type Options = Arguments<typeof COMMAND.options>["options"];

/** The recipe that was asked for, with what was chosen besides. */
function chooseRecipe(options: Options): Recipe {
  const recipe = RECIPES[options.recipe as keyof typeof RECIPES];
  return {
    ...recipe,
    architecture: options.architecture ?? recipe.architecture,
    epochs: options.epochs ?? recipe.epochs,
    batchSize: options["batch-size"] ?? recipe.batchSize,
    learningRate: options["learning-rate"] ?? recipe.learningRate,
    schedule: options.schedule ?? recipe.schedule,
    augment: options.augment ? 1 : recipe.augment,
  };
}

/** All that a run needs. */
interface Run {
  folder: string;
  recipe: Recipe;
  seed: number;
  digits: MnistSplits;
  team: Team;
  output: Output;
}

/** Trains, saves, judges and reports. */
async function trainAndReport(run: Run): Promise<void> {
  const { folder, recipe, seed, digits, team, output } = run;
  const name = basename(folder);
  output.print(summary(run));
  const stop = new AbortController();
  const removeListener = onInterrupt(() => stop.abort());
  try {
    const history = await trainAndSave(
      team,
      folder,
      digits,
      { ...recipe, seed },
      { signal: stop.signal, ...showProgress(recipe.epochs, output) },
    );
    if (history.length === 0) {
      await Deno.remove(folder);
      output.print("Stopped before the first batch: there is nothing to save");
      return;
    }
    if (stop.signal.aborted) {
      output.print(
        `Stopped in epoch ${history.length} of ${recipe.epochs}: what was learned so far is saved`,
      );
    }
    const validation = await team.evaluate(digits.validation);
    const temperature = findTemperature(
      validation.probabilities,
      digits.validation.labels,
    );
    scaleTemperature(team.model, temperature);
    await saveModel(team.model, folder);
    // On this thread, as the others have the weights from before.
    const test = evaluateModel(team.model, digits.test);
    output.print(`Test accuracy: ${accuracyText(test, digits.source)}`);
    if (test.noDigits !== undefined) output.print(noDigitsText(test));
    const options = { ...recipe, seed };
    const report = {
      name,
      options,
      digits,
      history,
      temperature,
      validation,
      test,
    };
    await writeWhole(`${folder}/history.json`, historyJson(report));
    await writeWhole(`${folder}/report.html`, await trainReport(report));
  } finally {
    removeListener();
  }
  output.print(
    `Saved to data/runs/${name}: open report.html there, or type\n  ${
      taskCommand(`recognize --model data/runs/${name} PICTURE`)
    }`,
  );
}

/** What is going to be trained, and how, in one line. */
function summary({ recipe, seed, digits, team }: Run): string {
  const plural = (count: number, noun: string) =>
    `${count} ${noun}${count === 1 ? "" : "s"}`;
  return `${recipe.architecture}: ${
    thousands(team.model.countParams())
  } parameters, ${plural(recipe.epochs, "epoch")} of ${
    thousands(digits.train.labels.length)
  } digits in batches of ${recipe.batchSize} on ${
    plural(team.workers, "worker")
  }, seed ${seed}${otherExamples(recipe)}`;
}

/** What stands in the place of digits, where there is such. */
function otherExamples({ noDigits, styled, cuts }: Recipe): string {
  const kinds = [
    [noDigits, "no digits"],
    [styled, "digits in hands that MNIST lacks"],
    [cuts, "digits out of digits that touch"],
  ] as const;
  const shown = kinds.filter(([share]) => share > 0)
    .map(([share, what]) => `${percent(share, 0)} ${what}`);
  return shown.length === 0 ? "" : `; among them ${shown.join(", ")}`;
}

/** Says in a terminal how far the downloads are. */
function downloadProgress(output: Output) {
  return ({ file, received, total }: DownloadProgress) => {
    if (!output.isTerminal) return;
    const finished = received === total;
    const share = total ? percent(received / total, 0) : `${received} bytes`;
    output.redraw(finished ? "" : `Downloading ${file} ${share}`);
  };
}

/** One Ctrl-C in a terminal reaches a task two or three times, so close. */
const ECHO_MS = 1000;

/**
 * Calls `stop` at the first Ctrl-C; a later one ends the process at once.
 *
 * @returns Takes the listener away again.
 */
function onInterrupt(stop: () => void): () => void {
  let first: number | undefined;
  const listener = () => {
    if (first === undefined) stop();
    first ??= performance.now();
    if (performance.now() - first > ECHO_MS) Deno.exit(130);
  };
  Deno.addSignalListener("SIGINT", listener);
  return () => Deno.removeSignalListener("SIGINT", listener);
}

if (import.meta.main) Deno.exit(await runTask(train, Deno.args));
