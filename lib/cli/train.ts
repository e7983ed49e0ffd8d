/**
 * `deno task train`: trains a network and keeps it.
 *
 * @module
 */

import { basename, dirname } from "node:path";
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
  type CheckpointFolder,
  createRunFolder,
  digitsHash,
  evaluateModel,
  hasCheckpoint,
  isRunName,
  MAX_BATCH_SIZE,
  MAX_EPOCHS,
  MAX_WORKERS,
  openCheckpoints,
  openUnfinishedRun,
  type Recipe,
  RECIPES,
  type RunChoices,
  type RunState,
  SCHEDULES,
  showProgress,
  startTeam,
  type Team,
  trainAndSave,
  type UnfinishedRun,
} from "../train/mod.ts";
import {
  type Arguments,
  helpText,
  parseCommand,
  UsageError,
} from "./options.ts";
import { errorMessage, type Output, runTask } from "./run_task.ts";
import { taskCommand } from "./task_command.ts";
import {
  accuracyText,
  historyJson,
  noDigitsText,
  trainReport,
} from "./train_report.ts";
import { dataPath, projectPath, userPath } from "./user_path.ts";

/** Where runs leave their files. */
const RUNS = projectPath("data/runs");

/** The recipes in a line each; the times are of all of MNIST. */
const RECIPE_NOTES = {
  standard: "the original script's choices; half a minute",
  quick: "99 % in little time; ten seconds",
  best: "what ships: for accuracy and for photographs; half an hour of a core",
} satisfies Record<keyof typeof RECIPES, string>;

/** `--resume` without a run; no run can have that name. */
const NEWEST = "?";

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
      maximum: MAX_EPOCHS,
      help: "Times that all training digits are seen",
    },
    "batch-size": {
      type: "integer",
      value: "N",
      minimum: 1,
      maximum: MAX_BATCH_SIZE,
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
    resume: {
      type: "text",
      value: "[RUN]",
      bare: NEWEST,
      help: "Goes on with a run that was stopped or killed; the newest " +
        "where RUN is left out",
    },
    "checkpoint-seconds": {
      type: "number",
      value: "N",
      default: 30,
      minimum: 0,
      maximum: 86_400,
      help: "How often the run is kept within an epoch, to be gone on with",
    },
  },
} as const;

/** What goes with `--resume`: it changes nothing of what is computed. */
const WITH_RESUME = ["resume", "data", "workers", "checkpoint-seconds"];

/** Runs the task. */
export async function train(args: string[], output: Output): Promise<number> {
  const { options, given, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  if (options.name !== undefined && !isRunName(options.name)) {
    throw new UsageError(
      `Cannot run train as --name must be letters, digits, dots, dashes and underscores: current value is ${options.name}`,
    );
  }
  const other = given.find((name) => !WITH_RESUME.includes(name));
  if (options.resume !== undefined && other !== undefined) {
    throw new UsageError(
      `Cannot run train as --resume goes on with the choices of its run, and takes only --data, --workers and --checkpoint-seconds besides: --${other} is given`,
    );
  }
  const old = options.resume === undefined
    ? undefined
    : await openUnfinishedRun(RUNS, runName(options.resume));
  try {
    if (old?.damage) output.warn(`${old.damage}; the other one is taken`);
    const data = !old || given.includes("data")
      ? dataPath(options.data)
      : old.checkpoint.choices.data;
    await trainWith(options, data, old, output);
  } finally {
    old?.checkpoints.close();
  }
  return 0;
}

/** The name of a run, which may be typed as the path of its folder. */
function runName(run: string): string | undefined {
  if (run === NEWEST) return undefined;
  const path = userPath(run);
  return dirname(path) === RUNS ? basename(path) : run;
}

type Options = Arguments<typeof COMMAND.options>["options"];

/** Trains from the beginning, or from where an old run is. */
async function trainWith(
  options: Options,
  data: string,
  old: UnfinishedRun | undefined,
  output: Output,
): Promise<void> {
  const { recipe: chosen, seed, strict } = old?.checkpoint.choices ??
    { ...options, recipe: chooseRecipe(options) };
  await startWasmBackend();
  registerTrainingKernels({ strict });
  // Both take a while: the digits are read while the threads start.
  const onProgress = downloadProgress(output);
  const loading = loadMnist(data, { onProgress })
    .then(async (digits) => ({ digits, hash: await digitsHash(digits) }));
  loading.catch(() => {}); // Told below, where it is awaited.
  const model = createModel(chosen.architecture, seed);
  const hasNoDigit = classCount(model) > NO_DIGIT;
  const recipe = hasNoDigit ? chosen : { ...chosen, noDigits: 0 };
  const begun = old?.checkpoint.state;
  const team = await startTeam(model, {
    ...recipe,
    seed,
    workers: options.workers,
    ...(begun && { begun }),
  });
  try {
    const { digits, hash } = await loading;
    output.print(digits.description);
    if (old) checkDigits(old, hash);
    const choices = { recipe, seed, strict, data: keptData(data, digits) };
    const seconds = options["checkpoint-seconds"];
    const run = { choices, hash, digits, team, seconds, output };
    if (!old) return await trainAnew(run, options.name);
    const { folder, checkpoints } = old;
    await trainAndReport({ ...run, folder, checkpoints, begun });
  } finally {
    team.close();
  }
}

/** Trains in a new folder, which goes again where nothing comes of it. */
async function trainAnew(
  run: Omit<Run, "folder" | "checkpoints">,
  name: string | undefined,
): Promise<void> {
  const { architecture } = run.choices.recipe;
  const folder = await createRunFolder(RUNS, architecture, name);
  const checkpoints = await openCheckpoints(folder, true);
  try {
    await trainAndReport({ ...run, folder, checkpoints });
  } catch (error) {
    if (!await hasCheckpoint(folder)) {
      await checkpoints.remove().catch(() => {});
      // Goes only if it is empty: what was saved stays.
      await Deno.remove(folder).catch(() => {});
    }
    throw error;
  } finally {
    checkpoints.close();
  }
}

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

/** What `loadMnist()` is to be told to give the same digits or none. */
function keptData(data: string, { source }: MnistSplits): string {
  if (source === "sample") return "sample";
  return data === "auto" ? "full" : data;
}

/** Refuses digits that a run did not begin with. */
function checkDigits({ folder, checkpoint }: UnfinishedRun, hash: string) {
  const { digits, choices } = checkpoint;
  if (hash === digits) return;
  throw new TypeError(
    `Cannot go on with ${folder} as it must have the digits that it began with, from ${choices.data}, of SHA-256 ${digits}: current SHA-256 is ${hash}`,
  );
}

/** All that a run needs. */
interface Run {
  folder: string;
  checkpoints: CheckpointFolder;
  choices: RunChoices;
  /** Where it goes on. */
  begun?: RunState | undefined;
  digits: MnistSplits;
  /** Of the digits. */
  hash: string;
  team: Team;
  /** Between two checkpoints of an epoch. */
  seconds: number;
  output: Output;
}

/** Trains, saves, judges and reports. */
async function trainAndReport(run: Run): Promise<void> {
  const { folder, checkpoints, choices, begun, digits, team, output } = run;
  const { recipe, seed } = choices;
  const name = basename(folder);
  const goOn = taskCommand(`train --resume ${name}`);
  output.print(summary(run));
  if (begun) output.print(goingOn(name, recipe, begun));
  const isEnd = ({ epoch }: RunState) => epoch > recipe.epochs;
  let isFinished = begun !== undefined && isEnd(begun);
  const stop = new AbortController();
  const removeListener = onInterrupt(() => stop.abort());
  try {
    const history = await trainAndSave(
      team,
      folder,
      digits,
      { ...recipe, seed, ...(begun && { begun }) },
      {
        signal: stop.signal,
        checkpoints: {
          seconds: run.seconds,
          save: async (state) => {
            await checkpoints.save({ choices, digits: run.hash, state });
            isFinished = isEnd(state);
          },
        },
        ...showProgress(recipe.epochs, output, begun),
      },
    );
    if (history.length === 0) {
      await checkpoints.remove();
      await Deno.remove(folder);
      output.print("Stopped before the first batch: there is nothing to save");
      return;
    }
    if (!isFinished) {
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
    if (isFinished) await checkpoints.remove();
  } catch (error) {
    if (!await hasCheckpoint(folder)) throw error;
    throw new Error(
      `${errorMessage(error)}; to go on from the last checkpoint type ${goOn}`,
      { cause: error },
    );
  } finally {
    removeListener();
  }
  output.print(
    `Saved to data/runs/${name}: open report.html there, or type\n  ${
      taskCommand(`recognize --model data/runs/${name} PICTURE`)
    }`,
  );
  if (!isFinished) output.print(`To go on with the training type\n  ${goOn}`);
}

/** Where a run goes on. */
function goingOn(
  name: string,
  { epochs, batchSize }: Recipe,
  { epoch, done, total }: RunState,
): string {
  const place = epoch > epochs
    ? "after its last epoch"
    : `at epoch ${epoch}, step ${done / batchSize} of ${
      Math.ceil(total / batchSize)
    }`;
  return `Going on with data/runs/${name} ${place}`;
}

/** What is going to be trained, and how, in one line. */
function summary({ choices, digits, team }: Run): string {
  const { recipe, seed } = choices;
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
