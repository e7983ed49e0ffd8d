/**
 * `deno task recognize`: reads the numbers off pictures.
 *
 * @module
 */

import { basename } from "node:path";
import { parseShard, type Shard, WHOLE } from "../batch/mod.ts";
import { makeFolder, writeWhole } from "../files/mod.ts";
import { encodePng } from "../image/mod.ts";
import { drawOverlay, type Reading } from "../read/mod.ts";
import {
  type ClassifierThread,
  connectClassifier,
} from "./connect_classifier.ts";
import { helpText, parseCommand, UsageError } from "./options.ts";
import type { ReadResult } from "./picture_reader.ts";
import { readingText } from "./reading_text.ts";
import { recognizeBatch } from "./recognize_batch.ts";
import { RECOGNIZE } from "./recognize_command.ts";
import { errorMessage, type Output, runTask } from "./run_task.ts";
import { startClassifier } from "./start_classifier.ts";
import { userPath } from "./user_path.ts";

type Options = ReturnType<
  typeof parseCommand<typeof RECOGNIZE.options>
>["options"];

/** Starts a thread that has the model. */
type StartClassifier = (model: string | undefined) => Promise<ClassifierThread>;

/** Runs the task. */
export async function recognize(
  args: string[],
  output: Output,
  start: StartClassifier = startHere,
): Promise<number> {
  const { options, operands, help } = parseCommand(RECOGNIZE, args);
  if (help) {
    output.print(helpText(RECOGNIZE));
    return 0;
  }
  if (operands.length === 0) {
    throw new UsageError(
      "Cannot run recognize as it takes at least one picture: there is none",
    );
  }
  if (options.explain !== undefined && operands.length > 1) {
    throw new UsageError(
      `Cannot run recognize as --explain takes one picture: there are ${operands.length}`,
    );
  }
  if (options.json && options.csv) {
    throw new UsageError(
      "Cannot run recognize as --csv must come without --json: both are there",
    );
  }
  const readOptions = {
    length: options.length,
    minConfidence: options["min-confidence"],
    megapixels: options["max-megapixels"],
  };
  if (isBatch(options, operands)) {
    if (options.explain !== undefined) {
      throw new UsageError(
        "Cannot run recognize as --explain takes one picture: there is a folder, or an option for many",
      );
    }
    return await recognizeBatch({
      ...options,
      operands,
      format: batchFormat(options),
      shard: shardOption(options.shard),
      workers: options.workers ?? navigator.hardwareConcurrency,
      options: readOptions,
    }, output);
  }
  const overlay = options.overlay === undefined
    ? undefined
    : await overlayFolder(userPath(options.overlay));
  const classifier = await start(options.model);
  try {
    // Loaded while the thread loads its own.
    const { pictureReader } = await import("./picture_reader.ts");
    const readPicture = pictureReader(classifier.classify, readOptions);
    let failures = 0;
    for (const path of operands) {
      let result: ReadResult;
      try {
        [result] = await Promise.all([readPicture(path), classifier.ready]);
        await overlay?.(path, result);
        if (options.explain !== undefined) {
          await writeExplanation(options.explain, path, result);
        }
      } catch (error) {
        // Where there is no model, no picture is to blame.
        await classifier.ready;
        failures++;
        printError(path, error, options, output);
        continue;
      }
      printReading(path, result.reading, operands.length, options, output);
    }
    return failures > 0 ? 1 : 0;
  } finally {
    classifier.close();
  }
}

function printReading(
  path: string,
  reading: Reading,
  pictures: number,
  { json }: Options,
  output: Output,
): void {
  if (json) {
    output.print(JSON.stringify({ image: path, ...reading }));
    return;
  }
  if (pictures > 1) output.print(`${path}:`);
  output.print(readingText(path, reading));
}

function printError(
  path: string,
  error: unknown,
  { json }: Options,
  output: Output,
): void {
  const message = errorMessage(error);
  if (json) output.print(JSON.stringify({ image: path, error: message }));
  else output.warn(`Error: ${path}: ${message}`);
}

async function writeExplanation(
  file: string,
  path: string,
  { picture, stages, reading }: ReadResult,
): Promise<void> {
  // Loaded when needed: Plotly comes with the other pages.
  const { explainPage } = await import("../plot/explain_page.ts");
  const { explainReading } = await import("./explain_reading.ts");
  const name = basename(path);
  const page = explainPage(
    await explainReading(name, picture, stages, reading),
  );
  await writeWhole(userPath(file), page);
}

function startHere(model: string | undefined): Promise<ClassifierThread> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const port = startClassifier(model, resolve);
  return Promise.resolve(connectClassifier(port, promise));
}

/** Whether there may be many pictures. */
function isBatch(options: Options, operands: string[]): boolean {
  const { out, csv, shard, workers } = options;
  return csv || [out, shard, workers].some((value) => value !== undefined) ||
    operands.some(isFolder);
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(userPath(path)).isDirectory;
  } catch {
    return false;
  }
}

function batchFormat({ out, csv, json }: Options): "csv" | "json" | "text" {
  if (csv) return "csv";
  return json || out !== undefined ? "json" : "text";
}

function shardOption(shard: string | undefined): Shard {
  if (shard === undefined) return WHOLE;
  try {
    return parseShard(shard);
  } catch (error) {
    throw new UsageError(errorMessage(error));
  }
}

/** Makes the folder, and a function that writes an overlay to it. */
async function overlayFolder(folder: string) {
  await makeFolder(folder);
  const used = new Map<string, number>();
  return async (path: string, { picture, reading }: ReadResult) => {
    // Pictures of the same name, from several folders, must not overwrite.
    const count = (used.get(basename(path)) ?? 0) + 1;
    used.set(basename(path), count);
    const name = basename(path) + (count === 1 ? "" : `-${count}`);
    const drawn = drawOverlay(picture, reading.lines);
    await writeWhole(`${folder}/${name}.overlay.png`, await encodePng(drawn));
  };
}

if (import.meta.main) Deno.exit(await runTask(recognize, Deno.args));
