/**
 * Puts pictures on the queue and collects their lines.
 *
 * The results in Redis are given up only when they are on disk, and what is on
 * disk is never asked for again. So it may be killed at any moment: the next
 * one puts the same jobs on the queue, of which there can be only one each, and
 * finds those that are done. A server that has forgotten everything is told
 * again.
 *
 * @module
 */

import {
  type LineFormat,
  type Picture,
  type PictureLine,
  type PictureOptions,
  resultLine,
} from "../batch/mod.ts";
import { setTimeout } from "node:timers/promises";
import type { PictureQueue } from "./connect_queue.ts";
import { jobId } from "./picture_job.ts";

/** A run of results. */
export interface SubmitOptions {
  /** Those that have no line yet. */
  pictures: AsyncIterator<Picture>;
  /** Names the results. */
  id: string;
  /** For each picture. */
  options: PictureOptions;
  format: LineFormat;
  /** Takes the lines of the next pictures, in their order. */
  write(lines: PictureLine[]): Promise<void>;
  /** Returns when what was written will outlast a loss of power. */
  sync(): Promise<void>;
  /** Called whenever it has looked for results. */
  onLook(): Promise<void>;
  /** Pictures that are on the queue at most. */
  ahead?: number;
}

/** Keeps Redis below 10 MB, and some thousand threads busy. */
const AHEAD = 4000;
/** Jobs that are put on the queue, or looked for, at once. */
const CHUNK = 250;
/** Milliseconds between two looks where there is nothing. */
const LOOK = 100;

/** How often a picture is tried that may be read another time. */
const ATTEMPTS = 3;
/** Milliseconds until the second try; twice as many until the third. */
const BACK_OFF = 500;
/** Seconds after which Redis forgets results that nobody fetches: a week. */
const KEEP = 7 * 24 * 3600;
/** Pictures that failed which are kept for a look, over all runs. */
const KEEP_FAILED = 10_000;

/**
 * Has all pictures read by whoever works for the queue.
 *
 * @throws What `write` throws. Whatever was put on the queue stays there.
 */
export async function submitPictures(
  { queue }: PictureQueue,
  run: SubmitOptions,
): Promise<void> {
  const { pictures, id, ahead = AHEAD } = run;
  /** On the queue or done, and not written yet. */
  const waiting: Picture[] = [];
  let isEnd = false;
  let isFirst = true;
  for (;;) {
    while (!isEnd && waiting.length <= ahead - Math.min(CHUNK, ahead)) {
      const more: Picture[] = [];
      while (!isEnd && more.length < Math.min(CHUNK, ahead)) {
        const next = await pictures.next();
        if (next.done) isEnd = true;
        else more.push(next.value);
      }
      if (isFirst && more[0]) await forget(queue, id, more[0], ahead);
      isFirst = false;
      await put(queue, run, more);
      waiting.push(...more);
    }
    if (waiting.length === 0) return;
    const lines = await collect(queue, run, waiting);
    if (lines.length > 0) {
      await run.write(lines);
      await run.sync();
      await giveUp(queue, id, waiting.splice(0, lines.length));
    }
    await run.onLook();
    if (lines.length === 0) await setTimeout(LOOK);
  }
}

/** Those that are there already stay as they are. */
async function put(
  queue: PictureQueue["queue"],
  { id, options, format }: SubmitOptions,
  pictures: Picture[],
): Promise<void> {
  await queue.addBulk(pictures.map((picture) => ({
    name: "read",
    data: { picture, options, format },
    opts: {
      jobId: jobId(id, picture),
      attempts: ATTEMPTS,
      backoff: { type: "exponential", delay: BACK_OFF },
      removeOnComplete: { age: KEEP },
      removeOnFail: { age: KEEP, count: KEEP_FAILED },
      stackTraceLimit: 0,
    },
  })));
}

/** The lines of the first pictures, as far as they are all there. */
async function collect(
  queue: PictureQueue["queue"],
  run: SubmitOptions,
  waiting: Picture[],
): Promise<PictureLine[]> {
  const lines: PictureLine[] = [];
  // One at first, as mostly there is none.
  for (let size = 1; lines.length < waiting.length; size = CHUNK) {
    const next = waiting.slice(lines.length, lines.length + size);
    const jobs = await Promise.all(
      next.map((picture) => queue.getJob(jobId(run.id, picture))),
    );
    for (const [index, job] of jobs.entries()) {
      if (!job) {
        await put(queue, run, waiting);
        return lines;
      }
      if (job.finishedOn === undefined) return lines;
      lines.push(
        job.returnvalue
          ? { line: job.returnvalue.line, error: undefined }
          : errorLine(run.format, next[index]!, job.failedReason),
      );
    }
    if (lines.length >= CHUNK) return lines;
  }
  return lines;
}

function errorLine(
  format: LineFormat,
  picture: Picture,
  error: string,
): PictureLine {
  return { line: resultLine(format, picture, { error }), error };
}

/** Removes results that are on disk; those that failed stay for a look. */
async function giveUp(
  queue: PictureQueue["queue"],
  id: string,
  pictures: Picture[],
): Promise<void> {
  await Promise.all(pictures.map(async (picture) => {
    const job = await queue.getJob(jobId(id, picture));
    // One that is being read once more cannot be removed, and is left.
    if (job?.returnvalue) await job.remove().catch(() => {});
  }));
}

/** Removes what the run before has written and had no time to give up. */
async function forget(
  queue: PictureQueue["queue"],
  id: string,
  { index: first, ...rest }: Picture,
  ahead: number,
): Promise<void> {
  for (let index = Math.max(1, first - ahead); index < first; index += CHUNK) {
    const count = Math.min(CHUNK, first - index);
    await giveUp(
      queue,
      id,
      Array.from({ length: count }, (_, i) => ({ ...rest, index: index + i })),
    );
  }
}
