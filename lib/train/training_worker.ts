/**
 * A thread of a training team: the module that `startTeam()` starts as a
 * worker.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  registerTrainingKernels,
  startWasmBackend,
  type TrainingKernelOptions,
} from "../kernels/mod.ts";
import { withSeededDropout } from "../model/mod.ts";
import { Replica, type ReplicaOptions, type ReplicaStart } from "./_replica.ts";
import {
  arrive,
  isStopped,
  reportFailure,
  type TeamMemory,
  waitForCommand,
  waitForEveryone,
} from "./_team_memory.ts";

/** What a thread is sent to begin with. */
export interface WorkerTask {
  /** Of the tfjs layers format, as `model.toJSON(null, false)` gives it. */
  topology: Exclude<ReturnType<tf.LayersModel["toJSON"]>, string>;
  memory: TeamMemory;
  options: ReplicaOptions;
  /** Where the team goes on with the work of another. */
  begun: ReplicaStart | undefined;
  kernels: TrainingKernelOptions;
  /** Its index, from 1: the thread that started the team is 0. */
  participant: number;
}

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent<WorkerTask>) => void;
  close(): void;
};

worker.onmessage = async ({ data }) => {
  try {
    await run(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Not by a message: the other side may be waiting for this part.
    reportFailure(data.memory, message);
  }
  worker.close();
};

/** Takes part in each command until the team ends. */
async function run(task: WorkerTask): Promise<void> {
  await startWasmBackend();
  registerTrainingKernels(task.kernels);
  const model = await tf.models.modelFromJSON(withSeededDropout(task.topology));
  const { memory, participant, options, begun } = task;
  const replica = new Replica(model, memory, options, begun);
  arrive(memory);
  for (let command = 0;; command++) {
    waitForCommand(memory, command);
    if (isStopped(memory)) return;
    replica.work(participant);
    arrive(memory);
    if (!waitForEveryone(memory, command + 1)) return;
    replica.finish();
  }
}
