/** Some kills; `deno task test:resume` has more. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { openCheckpoints } from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import {
  finish,
  killRuns,
  leftBy,
  PATIENCE_MS,
  startTrain,
  trainCommand,
} from "./_killed_runs.ts";
import { writeSampleIdx } from "./_sample_idx.ts";
import { withRun } from "./_with_run.ts";

const NEEDS = { read: ["."], write: [TMP, "data/runs"], run: true };

const SMALL = [
  "--architecture",
  "small",
  "--epochs",
  "3",
  "--batch-size",
  "50",
];

testThatNeeds(
  NEEDS,
  "deno task train, killed at three moments, goes on to the same bytes",
  async () => {
    await killRuns({ kills: 3, seed: 3, digits: 1200, args: SMALL });
  },
);

/** Waits for what a process does soon. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const start = performance.now(); !await isSo();) {
    assert(performance.now() - start < PATIENCE_MS);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function isBusy(folder: string): Promise<boolean> {
  try {
    (await openCheckpoints(folder)).close();
    return false;
  } catch (error) {
    return error instanceof Deno.errors.Busy;
  }
}

testThatNeeds(
  NEEDS,
  "deno task train, stopped by Ctrl-C, keeps a second process out and goes on to the same bytes",
  () =>
    withTempFolder((data) =>
      withRun((whole) =>
        withRun(async (name) => {
          await writeSampleIdx(data, 1200, 100);
          const begin = ["--data", data, ...SMALL, "--name"];
          await finish(startTrain([...begin, whole]));
          const folder = `data/runs/${name}`;
          const often = ["--checkpoint-seconds", "0"];
          const stopped = startTrain([...begin, name, ...often]);
          await until(() => isThere(`${folder}/checkpoint/b.bin`));
          stopped.kill("SIGINT");
          await finish(stopped);
          const early = await leftBy(name);
          assert(early.history.epochs.length < 3);
          assert(early.files.includes("checkpoint"));

          const first = startTrain(["--resume", name, ...often]);
          await until(() => isBusy(folder));
          first.kill("SIGSTOP"); // It is not to be done too soon.
          const [program, ...args] = trainCommand(["--resume", name]);
          const second = await new Deno.Command(program!, { args }).output();
          assertEquals(second.code, 1);
          assertMatch(
            new TextDecoder().decode(second.stderr),
            new RegExp(
              `^Error: Cannot train in .*/${folder} as one process at a time can: another is training there\n$`,
            ),
          );
          first.kill("SIGCONT");
          await finish(first);
          assertEquals(await leftBy(name), await leftBy(whole));
        })
      )
    ),
);
