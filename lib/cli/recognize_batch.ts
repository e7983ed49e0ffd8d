/**
 * `deno task recognize FOLDER…`: many pictures, read by threads.
 *
 * @module
 */

import { basename } from "node:path";
import { type Picture, runBatch } from "../batch/mod.ts";
import { makeFolder } from "../files/mod.ts";
import { startReaders } from "./readers.ts";
import type { Output } from "./run_task.ts";
import { userPath } from "./user_path.ts";
import { type ResultsTask, writeResults } from "./write_results.ts";

/** What `recognize` was told. */
export interface BatchTask extends ResultsTask {
  /** Threads. */
  workers: number;
  /** Seconds for a picture. */
  deadline: number;
  /** Where copies with boxed digits are written to, if anywhere. */
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
  const { workers, deadline, model, format, options } = task;
  const folder = task.overlay && userPath(task.overlay);
  if (folder) await makeFolder(folder);
  return await writeResults(task, output, async ({ pictures, write }) => {
    const readers = await startReaders({
      ...{ model, workers, deadline },
      megapixels: options.megapixels,
      reads: task.operands.map(userPath),
      writes: folder,
    });
    try {
      await runBatch(pictures, {
        ahead: AHEAD,
        read: (picture) =>
          readers.read({
            ...{ picture, options, format },
            overlay: folder && overlayPath(folder, picture),
          }),
        write,
      });
    } finally {
      readers.close();
    }
  });
}

/** With the index, pictures of the same name do not overwrite. */
function overlayPath(folder: string, { index, image }: Picture): string {
  return `${folder}/${index}-${basename(image)}.overlay.png`;
}
