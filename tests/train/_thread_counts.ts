/**
 * Prints how many threads of workers there are during and after the work of a
 * team, and of one whose worker dies. Needs all permissions, as Deno lets
 * nobody else read what Linux knows.
 *
 * @module
 */

import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { startTeam, type Threads } from "@lib/train/mod.ts";
import { tinyDigits, tinyModel } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const TASKS = "/proc/self/task";

/** Threads of workers, by the name that Deno gives them. */
function count(): number {
  return [...Deno.readDirSync(TASKS)].filter(({ name }) =>
    Deno.readTextFileSync(`${TASKS}/${name}/comm`).startsWith("worker-")
  ).length;
}

/** The same, once there are none or after 3 s. */
async function countLeft(): Promise<number> {
  for (let wait = 0; count() > 0 && wait < 300; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return count();
}

const OPTIONS = { batchSize: 20, seed: 7, augment: false, workers: 3 };
const dying: Threads = {
  start: () =>
    new Worker(new URL("./_dying_worker.ts", import.meta.url), {
      type: "module",
    }),
  startPatience: 20,
  patience: 5,
};
const indices = Uint32Array.from({ length: 20 }, (_, i) => i);
const counts: number[] = [];
for (const way of [undefined, dying]) {
  const team = await startTeam(tinyModel(7), OPTIONS, way);
  counts.push(count());
  try {
    for (let step = 0; step < 20; step++) {
      await team.trainStep(tinyDigits(20), indices, 1e-3);
    }
    team.close();
  } catch {
    // The team has ended its threads itself.
  }
  counts.push(await countLeft());
}
console.log(JSON.stringify(counts));
