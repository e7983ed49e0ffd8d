/**
 * Threads that train on their own and are timed a piece at a time.
 *
 * @module
 */

import { rate } from "./rate.ts";

/** A thread that is ready. */
export interface TimedThread {
  /** @returns Training images a second, over about that many seconds. */
  run(seconds: number): Promise<number>;
  close(): void;
}

/**
 * @param module Calls `timeSteps()`.
 * @param task What the thread is to get ready for.
 * @param name What errors call it.
 */
export async function startTimedThread(
  module: URL,
  task: unknown,
  name: string,
): Promise<TimedThread> {
  const worker = new Worker(module, { type: "module" });
  const ask = (message: unknown) =>
    new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(
          new Error(
            `Cannot time ${name} as its thread must go on: ${event.message}`,
          ),
        );
      };
      worker.postMessage(message);
    });
  try {
    await ask(task);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return { run: ask, close: () => worker.terminate() };
}

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(imagesPerSecond: number): void;
};

/**
 * The other side: what a module that is started as such a thread calls.
 *
 * @param prepare Gives what takes a step on the next batch.
 */
export function timeSteps<Task extends { batch: number }>(
  prepare: (task: Task) => Promise<() => unknown>,
): void {
  worker.onmessage = async ({ data: task }: MessageEvent<Task>) => {
    const step = await prepare(task);
    worker.onmessage = async ({ data: seconds }: MessageEvent<number>) => {
      worker.postMessage(task.batch * await rate(step, seconds));
    };
    worker.postMessage(0);
  };
}
