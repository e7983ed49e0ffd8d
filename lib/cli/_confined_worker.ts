/**
 * The thread in which a confined task runs: it has the permissions that
 * `confined.ts` started it with, and no way to others.
 *
 * @module
 */

import type { ConfinedMessage } from "./confined.ts";
import {
  type ClassifierThread,
  connectClassifier,
} from "./connect_classifier.ts";
import { runTask, type Task } from "./run_task.ts";

/** Loaded here, so that nothing of them runs with more permissions. */
const TASKS: Record<string, () => Promise<Task>> = {
  evaluate: async () => (await import("./evaluate.ts")).evaluate,
  recognize: async () => {
    const { recognize } = await import("./recognize.ts");
    return (args, output) => recognize(args, output, askForClassifier);
  },
};

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (
    event: MessageEvent<
      { name: string; args: string[] } | { port: MessagePort }
    >,
  ) => void;
  postMessage(message: ConfinedMessage): void;
};

/** The way to the thread with the model, which the main thread starts. */
const port = Promise.withResolvers<MessagePort>();

async function askForClassifier(): Promise<ClassifierThread> {
  worker.postMessage({ needs: "classifier" });
  // Where that thread dies, the main one ends the task.
  return connectClassifier(await port.promise);
}

worker.onmessage = async ({ data }) => {
  if ("port" in data) return port.resolve(data.port);
  const { name, args } = data;
  const task: Task = async (args, output) =>
    await (await TASKS[name]!())(args, output);
  worker.postMessage({ code: await runTask(task, args) });
};
