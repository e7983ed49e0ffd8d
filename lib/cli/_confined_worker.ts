/**
 * The thread in which a confined task runs: it has the permissions that
 * `confined.ts` started it with, and no way to others.
 *
 * @module
 */

import { runTask, type Task } from "./run_task.ts";

/** Loaded here, so that nothing of them runs with more permissions. */
const TASKS: Record<string, () => Promise<Task>> = {
  evaluate: async () => (await import("./evaluate.ts")).evaluate,
  recognize: async () => (await import("./recognize.ts")).recognize,
};

addEventListener("message", async (event) => {
  const { name, args } = (event as MessageEvent).data;
  const task: Task = async (args, output) =>
    await (await TASKS[name]!())(args, output);
  postMessage(await runTask(task, args));
});

declare function postMessage(code: number): void;
