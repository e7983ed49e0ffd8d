/**
 * The results of many pictures, kept in a file or printed: what `recognize` and
 * `submit` share.
 *
 * @module
 */

import {
  type BatchProgress,
  headerLine,
  type LineFormat,
  listPictures,
  openResultFile,
  type Picture,
  type PictureLine,
  type PictureOptions,
  rateText,
  type ResultFile,
  type Root,
  type Shard,
  showBatchProgress,
  takeShard,
} from "../batch/mod.ts";
import { counted } from "../format/counted.ts";
import { duration, thousands } from "../format/numbers.ts";
import { modelIdentity } from "./model_path.ts";
import type { OutputFormat } from "./picture_line.ts";
import type { Output } from "./run_task.ts";
import { userPath } from "./user_path.ts";

/** Which pictures, how they are read, and where their lines go. */
export interface ResultsTask {
  /** Pictures and folders, as typed. */
  operands: string[];
  /** Where results are kept; printed where left out. */
  out?: string | undefined;
  format: OutputFormat;
  shard: Shard;
  model: string | undefined;
  /** For each picture. */
  options: PictureOptions;
}

/** What is left to do. */
export interface ResultsRun {
  /** Those that have no line yet; at least one. */
  pictures: AsyncIterator<Picture>;
  /** Of the results, the same when they are gone on with; "" without a file. */
  id: string;
  /** Takes the lines of the next pictures, and shows how far it is. */
  write(lines: PictureLine[]): Promise<void>;
  /** Returns when what was written will outlast a loss of power. */
  sync(): Promise<void>;
  /** How far it is, now. */
  progress: Readonly<BatchProgress>;
}

/**
 * Opens the results, has the rest of them made, and says what came of it.
 *
 * @param make Gives a line for each picture, in their order.
 * @returns 0, or 1 where a picture could not be read.
 */
export async function writeResults(
  task: ResultsTask,
  output: Output,
  make: (run: ResultsRun) => Promise<void>,
): Promise<number> {
  const roots = task.operands.map((image): Root => ({
    image,
    path: userPath(image),
  }));
  const file = task.out === undefined
    ? undefined
    : await openResults(task, roots, userPath(task.out));
  try {
    return await makeResults(task, roots, file, output, make);
  } finally {
    file?.close();
  }
}

async function openResults(
  { format, shard, model, options }: ResultsTask,
  roots: Root[],
  path: string,
): Promise<ResultFile> {
  const { length = null, minConfidence = null, megapixels } = options;
  return await openResultFile(path, format as LineFormat, {
    pictures: roots.map((root) => root.path).join(", "),
    shard: `${shard.part}/${shard.parts}`,
    format,
    "--length": length,
    "--min-confidence": minConfidence,
    "--max-megapixels": megapixels,
    "the model's SHA-256": await modelIdentity(model),
  });
}

async function makeResults(
  task: ResultsTask,
  roots: Root[],
  file: ResultFile | undefined,
  output: Output,
  make: (run: ResultsRun) => Promise<void>,
): Promise<number> {
  const { shard, format, out } = task;
  const pictures = takeShard(listPictures(roots), shard);
  const before = await file?.skipDone(pictures) ?? { lines: 0, errors: 0 };
  const first = await pictures.next();
  if (first.done) return nothingLeft(task, before, output);
  if (!file && format === "csv") output.print(headerLine(format).trimEnd());

  const start = performance.now();
  const progress: BatchProgress = {
    done: before.lines,
    before: before.lines,
    errors: before.errors,
    total: undefined,
    seconds: 0,
  };
  count(takeShard(listPictures(roots), shard)).then((total) => {
    progress.total = total;
  });
  const show = file ? showBatchProgress(output) : () => {};
  try {
    await make({
      pictures: startingWith(first.value, pictures),
      id: file?.id ?? "",
      progress,
      write: async (lines) => {
        await put(lines, file, output, format);
        progress.done += lines.length;
        progress.errors += lines.filter((line) => line.error !== undefined)
          .length;
        progress.seconds = (performance.now() - start) / 1000;
        show(progress);
      },
      sync: async () => await file?.sync(),
    });
    await file?.sync();
  } finally {
    if (file && output.isTerminal) output.redraw("");
  }
  if (file) output.print(`${summary(progress)}: the results are in ${out}`);
  return progress.errors > 0 ? 1 : 0;
}

function summary({ done, before, errors, seconds }: BatchProgress): string {
  const read = done - before;
  const parts = [
    `Read ${counted(read, "picture")} in ${duration(seconds)}`,
    rateText(read / seconds),
  ];
  if (errors > 0) {
    parts.push(`${thousands(errors)} of ${thousands(done)} with an error`);
  }
  return parts.join(", ");
}

function nothingLeft(
  { operands, shard, out }: ResultsTask,
  { lines, errors }: { lines: number; errors: number },
  output: Output,
): number {
  if (lines > 0) {
    output.print(
      `There is nothing left to do: ${out} holds the results of ${
        counted(lines, "picture")
      }, which is all`,
    );
  } else if (shard.parts === 1) {
    throw new RangeError(
      `Cannot read any picture as ${
        operands.join(", ")
      } must hold files whose names end as those of PNG, JPEG, WebP, TIFF or BMP do: there is none`,
    );
  } else {
    output.print(
      `There is nothing to do: shard ${shard.part}/${shard.parts} has no picture`,
    );
  }
  return errors > 0 ? 1 : 0;
}

async function put(
  lines: PictureLine[],
  file: ResultFile | undefined,
  output: Output,
  format: OutputFormat,
): Promise<void> {
  if (file) {
    await file.write(lines.map(({ line }) => `${line}\n`).join(""));
    return;
  }
  for (const { line, error } of lines) {
    if (error !== undefined && format === "text") output.warn(line);
    else output.print(line);
  }
}

async function* startingWith<T>(
  first: T,
  others: AsyncIterable<T>,
): AsyncGenerator<T> {
  yield first;
  yield* others;
}

async function count(pictures: AsyncIterable<Picture>): Promise<number> {
  let total = 0;
  for await (const _ of pictures) total++;
  return total;
}
