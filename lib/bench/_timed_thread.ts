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
      const fail = (reason: string) =>
        reject(
          new Error(`Cannot time ${name} as its thread must go on: ${reason}`),
        );
      worker.onmessage = ({ data }: MessageEvent<Answer>) =>
        typeof data === "number" ? resolve(data) : fail(data);
      // Where the module does not even load.
      worker.onerror = (event) => {
        event.preventDefault();
        fail(event.message);
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

/** Images a second, or what went wrong. */
type Answer = number | string;

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(answer: Answer): void;
};

/**
 * The other side: what a module that is started as such a thread calls.
 *
 * @param prepare Gives what takes a step on the next batch.
 */
export function timeSteps<Task extends { batch: number }>(
  prepare: (task: Task) => Promise<() => unknown>,
): void {
  const answer = async (work: () => Promise<number>) => {
    try {
      worker.postMessage(await work());
    } catch (error) {
      worker.postMessage(`${error}`);
    }
  };
  worker.onmessage = ({ data: task }: MessageEvent<Task>) =>
    answer(async () => {
      const step = await prepare(task);
      worker.onmessage = ({ data: seconds }: MessageEvent<number>) =>
        answer(async () => task.batch * await rate(step, seconds));
      return 0;
    });
}
