/**
 * `deno task recognize FOLDER…`: many pictures, read by threads.
 *
 * @module
 */

import { basename } from "node:path";
import {
  headerLine,
  type LineFormat,
  listPictures,
  openResultFile,
  type Picture,
  type PictureLine,
  rateText,
  type ResultFile,
  type Root,
  runBatch,
  type Shard,
  showBatchProgress,
  takeShard,
  WHOLE,
} from "../batch/mod.ts";
import { makeFolder } from "../files/mod.ts";
import { duration, thousands } from "../format/numbers.ts";
import type { ReadOptions } from "../read/mod.ts";
import { modelIdentity } from "./model_path.ts";
import type { OutputFormat } from "./picture_line.ts";
import { startReaders } from "./readers.ts";
import type { Output } from "./run_task.ts";
import { userPath } from "./user_path.ts";

/** What `recognize` was told. */
export interface BatchTask {
  /** Pictures and folders, as typed. */
  operands: string[];
  /** Where results are kept; printed where left out. */
  out?: string | undefined;
  format: OutputFormat;
  shard: Shard;
  workers: number;
  /** Seconds for a picture. */
  deadline: number;
  model: string | undefined;
  /** For each picture. */
  options: ReadOptions;
  overlay?: string | undefined;
}

/** Pictures that are read or wait to be written at most. */
const AHEAD = 512;

/**
 * Reads all pictures, in a stable order.
 *
 * @returns 0, or 1 where a picture could not be read.
 */
export async function recognizeBatch(
  task: BatchTask,
  output: Output,
): Promise<number> {
  const roots = task.operands.map((image): Root => ({
    image,
    path: userPath(image),
  }));
  if (task.overlay !== undefined) await makeFolder(userPath(task.overlay));
  const file = task.out === undefined
    ? undefined
    : await openResults(task, roots, userPath(task.out));
  try {
    return await readAll(task, roots, file, output);
  } finally {
    file?.close();
  }
}

async function openResults(
  { format, shard, model, options }: BatchTask,
  roots: Root[],
  path: string,
): Promise<ResultFile> {
  const { length = null, minConfidence = null, ...others } = options;
  return await openResultFile(path, format as LineFormat, {
    pictures: roots.map((root) => root.path).join(", "),
    shard: `${shard.part}/${shard.parts}`,
    format,
    "--length": length,
    "--min-confidence": minConfidence,
    ...others as Record<string, number | null>,
    "the model's SHA-256": await modelIdentity(model),
  });
}

async function readAll(
  task: BatchTask,
  roots: Root[],
  file: ResultFile | undefined,
  output: Output,
): Promise<number> {
  const { shard, workers, deadline, model, format, options } = task;
  const pictures = takeShard(listPictures(roots), shard);
  const before = await file?.skipDone(pictures) ?? { lines: 0, errors: 0 };
  const first = await pictures.next();
  if (first.done) return nothingLeft(task, before, output);

  const start = performance.now();
  const progress = {
    done: before.lines,
    before: before.lines,
    errors: before.errors,
    total: undefined as number | undefined,
    seconds: 0,
  };
  count(takeShard(listPictures(roots), shard)).then((total) => {
    progress.total = total;
  });
  const isShown = file !== undefined;
  const show = isShown ? showBatchProgress(output) : () => {};
  const overlay = task.overlay && userPath(task.overlay);
  if (!file && format === "csv") output.print(headerLine(format).trimEnd());
  const readers = await startReaders({
    ...{ model, options, format, workers, deadline },
    writes: overlay,
  });
  try {
    await runBatch(startingWith(first.value, pictures), {
      ahead: AHEAD,
      read: (picture) =>
        readers.read(overlay ? withOverlay(picture, overlay) : { picture }),
      write: async (lines) => {
        await put(lines, file, output, format);
        progress.done += lines.length;
        progress.errors += lines.filter(({ isError }) => isError).length;
        progress.seconds = (performance.now() - start) / 1000;
        show(progress);
      },
    });
  } finally {
    readers.close();
    if (isShown && output.isTerminal) output.redraw("");
  }
  await file?.sync();
  if (isShown) {
    const count = progress.done - progress.before;
    const errors = progress.errors === 0
      ? ""
      : `, ${thousands(progress.errors)} of ${
        thousands(progress.done)
      } with an error`;
    output.print(
      `Read ${thousands(count)} pictures in ${duration(progress.seconds)}, ${
        rateText(count / progress.seconds)
      }${errors}: the results are in ${task.out}`,
    );
  }
  return progress.errors > 0 ? 1 : 0;
}

function nothingLeft(
  { operands, shard, out }: BatchTask,
  { lines, errors }: { lines: number; errors: number },
  output: Output,
): number {
  if (lines > 0) {
    output.print(
      `There is nothing left to do: ${out} holds the results of all ${
        thousands(lines)
      } pictures`,
    );
  } else if (shard.parts === WHOLE.parts) {
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
  for (const { line, isError } of lines) {
    if (isError && format === "text") output.warn(line);
    else output.print(line);
  }
}

/** With the index, pictures of the same name do not overwrite. */
function withOverlay(picture: Picture, folder: string) {
  const { index, image } = picture;
  const overlay = `${folder}/${index}-${basename(image)}.overlay.png`;
  return { picture, overlay };
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
