/**
 * How far the runs of a queue are, seen from anywhere.
 *
 * @module
 */

import type { BatchProgress } from "../batch/mod.ts";
import { type PictureQueue, PREFIX } from "./connect_queue.ts";

/** A run, as it told of itself. */
export interface RunProgress extends BatchProgress {
  /** The file of its results. */
  out: string;
  /** When it told, in milliseconds since 1970. */
  at: number;
}

/** A queue. */
export interface QueueProgress {
  /** Programs that take pictures. */
  workers: number;
  /** Pictures that nobody has. */
  waiting: number;
  /** Pictures that a worker has. */
  active: number;
  /** Pictures to be tried again. */
  again: number;
  /** Pictures that were read, with results to be collected. */
  read: number;
  /** Pictures set aside, as they cannot be read. */
  failed: number;
  /** The runs that are not at their end. */
  runs: RunProgress[];
}

/** Milliseconds after which a run that tells nothing is forgotten: a week. */
const FORGET = 7 * 24 * 3600 * 1000;

/** Tells how far a run is; undefined where it is at its end. */
export async function tellProgress(
  { queue, redis }: PictureQueue,
  id: string,
  progress: RunProgress | undefined,
): Promise<void> {
  const key = runsKey(queue.name);
  if (progress) await redis.hset(key, id, JSON.stringify(progress));
  else await redis.hdel(key, id);
}

/** Asks how far everything is. */
export async function askProgress(
  { queue, redis }: PictureQueue,
): Promise<QueueProgress> {
  const counts = await queue.getJobCounts();
  const runs: RunProgress[] = [];
  const key = runsKey(queue.name);
  for (const [id, text] of Object.entries(await redis.hgetall(key))) {
    const run: RunProgress = JSON.parse(text);
    if (Date.now() - run.at > FORGET) await redis.hdel(key, id);
    else runs.push(run);
  }
  return {
    workers: await queue.getWorkersCount(),
    waiting: counts["waiting"] ?? 0,
    active: counts["active"] ?? 0,
    again: counts["delayed"] ?? 0,
    read: counts["completed"] ?? 0,
    failed: counts["failed"] ?? 0,
    runs,
  };
}

function runsKey(queue: string): string {
  return `${PREFIX}:${queue}:runs-told`;
}
