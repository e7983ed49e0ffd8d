/**
 * The baseline in a thread of its own, as kernels are registered for a whole
 * thread: the module that `startComposed()` starts as a worker.
 *
 * @module
 */

import {
  registerComposedKernels,
  registerTrainingKernels,
  startWasmBackend,
} from "../kernels/mod.ts";
import type { Digits } from "../mnist/mod.ts";
import { layersTrainer } from "./_layers_trainer.ts";
import { rate } from "./rate.ts";

/** What the thread is sent first. */
export interface ComposedTask {
  digits: Digits;
  batch: number;
  seed: number;
}

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(imagesPerSecond: number): void;
};

worker.onmessage = async ({ data }: MessageEvent<ComposedTask>) => {
  await startWasmBackend();
  registerTrainingKernels();
  registerComposedKernels();
  const { digits, batch, seed } = data;
  const step = layersTrainer(digits, batch, seed);
  worker.onmessage = async ({ data: seconds }: MessageEvent<number>) => {
    worker.postMessage(batch * await rate(step, seconds));
  };
  worker.postMessage(0);
};
