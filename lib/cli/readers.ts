/**
 * Threads that read pictures, each with a model of its own.
 *
 * @module
 */

import {
  type Picture,
  type PictureLine,
  type PictureOptions,
  startPool,
  type WorkerPool,
} from "../batch/mod.ts";
import { type OutputFormat, pictureLine } from "./picture_line.ts";
import { readerPermissions, type ReaderRights } from "./reader_permissions.ts";

/** What a thread is sent to begin with. */
export interface ReaderSetup {
  /** As the person typed it; the shipped model where left out. */
  model: string | undefined;
  /** The most that it decodes, also where a task asks for more. */
  megapixels: number;
}

/** A picture to read. */
export interface ReaderTask {
  picture: Picture;
  options: PictureOptions;
  format: OutputFormat;
  /** Where to write a copy with its digits boxed, if anywhere. */
  overlay?: string | undefined;
}

/** What a picture came to. */
export interface ReadLine extends PictureLine {
  /** True where it may be read another time: the picture is not to blame. */
  mayPass: boolean;
  /** Decoding and reading it. */
  seconds: number;
}

/** How many threads, and how long each has for a picture. */
export interface ReadersOptions
  extends ReaderSetup, Omit<ReaderRights, "model"> {
  workers: number;
  /** Seconds for a picture. */
  deadline: number;
}

/** Reads pictures, as many at a time as there are threads. */
export interface Readers {
  /**
   * @throws {Error} If threads can no longer be started.
   */
  read(task: ReaderTask): Promise<ReadLine>;
  /** Ends the threads, also in the middle of a picture. */
  close(): void;
}

/**
 * Starts the threads.
 *
 * @throws {Error} If a thread does not start, as where there is no model.
 */
export async function startReaders(options: ReadersOptions): Promise<Readers> {
  const { workers, deadline, model, megapixels } = options;
  const pool: WorkerPool<ReaderTask, ReadLine> = await startPool({
    start: () =>
      new Worker(new URL("./reader_worker.ts", import.meta.url), {
        type: "module",
        deno: { permissions: readerPermissions(options) },
      }),
    setup: { model, megapixels } satisfies ReaderSetup,
    workers,
    deadline,
  });
  return {
    async read(task) {
      const answer = await pool.run(task);
      if ("result" in answer) return answer.result;
      const error =
        `Cannot read it as its thread must live and answer in time: ${answer.failure}`;
      const line = pictureLine(task.format, task.picture, { error });
      return { ...line, mayPass: true, seconds: deadline };
    },
    close: () => pool.close(),
  };
}
