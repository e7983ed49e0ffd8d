/**
 * Takes pictures off the queue and has them read.
 *
 * @module
 */

import { UnrecoverableError, Worker } from "bullmq";
import type { PictureLine } from "../batch/mod.ts";
import { type PictureQueue, PREFIX } from "./connect_queue.ts";
import type { PictureJob, ReadAnswer } from "./picture_job.ts";

/** How pictures are read, and how many at a time. */
export interface TakeOptions {
  /**
   * Reads one; `mayPass` says whether another try may help. Where it rejects,
   * nothing more can be read here: the picture goes to another worker.
   */
  read(job: PictureJob): Promise<PictureLine & { mayPass: boolean }>;
  /** Pictures that are taken at the same time. */
  atOnce: number;
  /** Called after each. */
  onDone(error: string | undefined): void;
}

/** Pictures being taken. */
export interface Taking {
  /** Rejects if it cannot go on. */
  ended: Promise<void>;
  /** Takes no more, and returns when those in hand are done. */
  stop(): Promise<void>;
}

/**
 * Milliseconds that a picture belongs to a worker that gives no sign of life.
 * A living one gives one at half of it: the threads that read do not keep this
 * one from it, however long they take.
 */
const LOCK = 10_000;
/** Milliseconds between two looks for pictures of workers that are gone. */
const LOOK = 3000;
/** Workers that may be gone while they read a picture before it is to blame. */
const MOST_LOST = 5;

/** Begins to take pictures, and takes them until it is stopped. */
export function takePictures(
  { queue, redis }: PictureQueue,
  { read, atOnce, onDone }: TakeOptions,
): Taking {
  const ended = Promise.withResolvers<void>();
  const worker = new Worker<PictureJob, ReadAnswer>(
    queue.name,
    async ({ data }) => {
      const { line, error, mayPass } = await read(data).catch((error) => {
        ended.reject(error);
        // The job is neither done nor failed: it is found when we are gone.
        return new Promise<never>(() => {});
      });
      if (error === undefined) return { line };
      throw mayPass ? new Error(error) : new UnrecoverableError(error);
    },
    {
      connection: redis.duplicate(),
      prefix: PREFIX,
      concurrency: atOnce,
      lockDuration: LOCK,
      stalledInterval: LOOK,
      maxStalledCount: MOST_LOST,
    },
  );
  worker.on("completed", () => onDone(undefined));
  worker.on("failed", (_, error) => onDone(error.message));
  // That the server is gone is told by the other connection.
  worker.on("error", () => {});
  worker.once("closed", () => ended.resolve());
  return {
    ended: ended.promise,
    stop: () => worker.close(),
  };
}
