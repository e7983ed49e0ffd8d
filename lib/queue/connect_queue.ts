/**
 * Connections to the Redis server that keeps the queue.
 *
 * @module
 */

import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { queueAddress } from "./queue_address.ts";
import type { PictureJob, ReadAnswer } from "./picture_job.ts";

/** BullMQ's queue of pictures, and the connection that it is on. */
export interface PictureQueue {
  queue: Queue<PictureJob, ReadAnswer>;
  redis: Redis;
  /** Ends the connection. */
  close(): Promise<void>;
}

/** Before the names of all keys, so that other programs may share the server. */
export const PREFIX = "digits";

/** Milliseconds for the first connection. */
const PATIENCE = 5000;
/** Milliseconds between two tries to connect again, at most. */
const RETRY = 1000;

/**
 * Connects to a queue. Once that was done, a server that goes away is waited
 * for, however long it takes.
 *
 * @param url Of the Redis server.
 * @param model What tells the model from others: each has a queue of its own,
 *   so that no worker reads pictures with another model than was asked for.
 * @param warn Told, once each time, that the server is gone, and is there again.
 * @throws {Deno.errors.ConnectionRefused} If no server answers in time.
 * @throws {RangeError} If the URL is none of Redis.
 */
export async function connectQueue(
  url: string,
  model: string,
  warn: (line: string) => void,
): Promise<PictureQueue> {
  const address = queueAddress(url);
  let isThere = false;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    // BullMQ wants it so: a command waits until the server is there again.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => isThere ? Math.min(100 * times, RETRY) : null,
  });
  let problem = "it does not answer";
  let isLost = false;
  redis.on("error", (error) => problem = error.message);
  redis.on("close", () => {
    if (!isThere || isLost) return;
    isLost = true;
    warn(`The queue at ${address} is gone: waiting for it`);
  });
  redis.on("ready", () => {
    if (isLost) warn(`The queue at ${address} is there again`);
    isLost = false;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Deno.errors.ConnectionRefused(
      `Cannot reach the queue at ${address} as a Redis server must answer there: ${
        /closed/.test(reason) ? problem : reason
      }`,
    );
  }
  isThere = true;
  const queue = new Queue<PictureJob, ReadAnswer>(queueName(model), {
    connection: redis,
    prefix: PREFIX,
  });
  queue.on("error", () => {}); // Told by the connection.
  return {
    queue,
    redis,
    close: async () => {
      isThere = false;
      await queue.close();
      redis.disconnect();
    },
  };
}

/** BullMQ allows no colon. */
function queueName(model: string): string {
  return `pictures-${model.slice(0, 16)}`;
}
