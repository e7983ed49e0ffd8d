/**
 * The baseline in a thread of its own, as kernels are registered for a whole
 * thread: the module that `startComposed()` starts as a worker.
 *
 * @module
 */

import { type ComposedTask, composedTrainer } from "./composed_trainer.ts";
import { rate } from "./rate.ts";

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(imagesPerSecond: number): void;
};

worker.onmessage = async ({ data }: MessageEvent<ComposedTask>) => {
  const step = await composedTrainer(data);
  worker.onmessage = async ({ data: seconds }: MessageEvent<number>) => {
    worker.postMessage(data.batch * await rate(step, seconds));
  };
  worker.postMessage(0);
};
