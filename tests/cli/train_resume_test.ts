/** `deno task train --resume` within this process; `train_kill_test.ts` kills. */

import { resolve } from "node:path";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { runTask } from "@lib/cli/run_task.ts";
import { train } from "@lib/cli/train.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  openCheckpoints,
  type RunChoices,
} from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";
import { writeSampleIdx } from "./_sample_idx.ts";
import { withRun } from "./_with_run.ts";

const NEEDS = { read: ["data", TMP], write: [TMP, "data/runs"] };

/** 11 steps an epoch. */
const SMALL = [
  ...["--architecture", "small", "--epochs", "3", "--batch-size", "10"],
  ...["--workers", "1"],
];

/** Runs the task; it fails where it is about to print a line of `epoch`. */
async function run(args: string[], epoch?: number, isTerminal = false) {
  const output = capturedOutput(isTerminal);
  const { print } = output;
  output.print = (line) => {
    if (line.startsWith(`Epoch ${epoch}/`)) throw new Error("A pipe is broken");
    print(line);
  };
  const code = await runTask(train, args, output);
  return { code, ...output };
}

/** Runs `fn` with 110 digits, and a run on them that failed in its second epoch. */
async function withFailedRun(
  fn: (name: string, data: string) => Promise<void>,
): Promise<void> {
  await withTempFolder((data) =>
    withRun(async (name) => {
      await writeSampleIdx(data, 120, 20);
      await run(["--data", data, "--name", name, ...SMALL], 2);
      await fn(name, data);
    })
  );
}

/** What is comparable of a finished run. */
async function results(name: string) {
  const folder = `data/runs/${name}`;
  const history = JSON.parse(await Deno.readTextFile(`${folder}/history.json`));
  for (const record of history.epochs) delete record.imagesPerSecond;
  return {
    ...history,
    name: "",
    weights: await Deno.readFile(`${folder}/weights.bin`),
    files: [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
  };
}

testThatNeeds(
  NEEDS,
  "train() that fails says how to go on, and --resume ends as if it had not",
  () =>
    withTempFolder((data) =>
      withRun((whole) =>
        withRun(async (name) => {
          await writeSampleIdx(data, 120, 20);
          const args = ["--data", data, ...SMALL];
          assertEquals((await run([...args, "--name", whole])).code, 0);
          const failed = await run([...args, "--name", name], 2);
          assertEquals(failed.code, 1);
          assertMatch(
            failed.warned[0]!,
            new RegExp(
              `^Error: A pipe is broken; the model as it was after epoch 1 is kept in .*/data/runs/${name}; to go on from the last checkpoint type (deno|npx -y deno@.*) task train --resume ${name}$`,
            ),
          );
          const rest = await run(["--resume", name]);
          assertEquals([rest.code, rest.warned], [0, []]);
          assertEquals(
            rest.printed[2],
            `Going on with data/runs/${name} at epoch 2, step 0 of 11`,
          );
          assertMatch(rest.printed[3]!, /^Epoch 2\/3 /);
          assertMatch(rest.printed[4]!, /^Epoch 3\/3 /);
          assertEquals(await results(name), await results(whole));
          // A finished run is not gone on with.
          const again = await run(["--resume", `data/runs/${name}`]);
          assertEquals(again.code, 1);
          assertMatch(
            again.warned[0]!,
            new RegExp(
              `^Error: Cannot go on with .*/data/runs/${name} as it must have a checkpoint: there is none, as where a run is finished$`,
            ),
          );
        })
      )
    ),
);

testThatNeeds(
  NEEDS,
  "train() --resume finishes a run that was killed between its last epoch and its end",
  () =>
    withFailedRun(async (name) => {
      // Fails where it would tell the test accuracy.
      const output = capturedOutput();
      output.print = (line) => {
        if (line.startsWith("Test")) throw new Error("A pipe is broken");
      };
      assertEquals(await runTask(train, ["--resume", name], output), 1);
      const rest = await run(["--resume", name]);
      assertEquals(
        rest.printed[2],
        `Going on with data/runs/${name} after its last epoch`,
      );
      assertMatch(rest.printed[3]!, /^Test accuracy: /);
      assertEquals((await results(name)).epochs.length, 3);
    }),
);

testThatNeeds(
  NEEDS,
  "train() --resume draws its bar from where it goes on",
  () =>
    withFailedRun(async (name) => {
      const { redrawn } = await run(["--resume", name], undefined, true);
      assertMatch(redrawn[0]!, /^Epoch 2\/3 █+░+ 9 % · /);
    }),
);

testThatNeeds(
  NEEDS,
  "train() --resume takes digits that have moved, and refuses others",
  () =>
    withFailedRun((name, data) =>
      withTempFolder(async (moved) => {
        await writeSampleIdx(moved, 120, 20);
        const labels = `${data}/train-labels-idx1-ubyte`;
        const bytes = await Deno.readFile(labels);
        bytes[8 + 3]! ^= 1;
        await Deno.writeFile(labels, bytes);
        const refused = await run(["--resume", name]);
        assertEquals(refused.code, 1);
        assertMatch(
          refused.warned[0]!,
          new RegExp(
            `^Error: Cannot go on with .*/data/runs/${name} as it must have the digits that it began with, from ${
              resolve(data)
            }, of SHA-256 [0-9a-f]{64}: current SHA-256 is [0-9a-f]{64}$`,
          ),
        );
        const taken = await run(["--resume", name, "--data", moved]);
        assertEquals([taken.code, taken.warned], [0, []]);
      })
    ),
);

testThatNeeds(
  NEEDS,
  "train() --resume without a run takes the newest that is not finished",
  () =>
    withFailedRun(async (name) => {
      // Newer than any other that may lie there.
      const tomorrow = new Date(Date.now() + 86_400_000);
      const newest = `data/runs/${name}/checkpoint/a.bin`;
      await Deno.utime(newest, tomorrow, tomorrow);
      const { code, printed } = await run(["--resume", "--workers", "2"]);
      assertEquals(code, 0);
      assertStringIncludes(printed[2]!, `Going on with data/runs/${name} at `);
    }),
);

testThatNeeds(
  NEEDS,
  "train() --resume keeps out of a run that another process is at",
  () =>
    withFailedRun(async (name) => {
      const other = await openCheckpoints(`data/runs/${name}`);
      const { code, warned } = await run(["--resume", name]);
      assertEquals(code, 1);
      assertMatch(
        warned[0]!,
        new RegExp(
          `^Error: Cannot train in .*/data/runs/${name} as one process at a time can: another is training there$`,
        ),
      );
      other.close();
    }),
);

/** Changes a run's newest checkpoint, with a right SHA-256, and drops the other. */
async function forge(
  name: string,
  change: (choices: RunChoices) => RunChoices,
): Promise<void> {
  const folder = `data/runs/${name}/checkpoint`;
  const bytes = await Deno.readFile(`${folder}/a.bin`);
  const checkpoint = await decodeCheckpoint(bytes, "");
  const choices = change(checkpoint.choices);
  const forged = await encodeCheckpoint({ ...checkpoint, choices });
  await Deno.writeFile(`${folder}/a.bin`, forged);
  await Deno.remove(`${folder}/b.bin`);
}

testThatNeeds(
  NEEDS,
  "train() --resume goes on from the checkpoint before a damaged one, and says so",
  () =>
    withFailedRun(async (name) => {
      const folder = `data/runs/${name}/checkpoint`;
      // The first is from before the first batch.
      await Deno.truncate(`${folder}/b.bin`, 1000);
      const { code, printed, warned } = await run(["--resume", name]);
      assertEquals(code, 0);
      assertEquals(
        printed[2],
        `Going on with data/runs/${name} at epoch 1, step 0 of 11`,
      );
      assertEquals(warned.length, 1);
      assertMatch(
        warned[0]!,
        /^Cannot go on from .*\/checkpoint\/b\.bin as its bytes must be as they were written: their SHA-256 is not the one in it; the other one is taken$/,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "train() --resume refuses a checkpoint of another network",
  () =>
    withFailedRun(async (name) => {
      await forge(name, (choices) => ({
        ...choices,
        recipe: { ...choices.recipe, architecture: "quick" },
      }));
      const { code, printed, warned } = await run(["--resume", name]);
      assertEquals([code, printed, warned.length], [1, [], 1]);
      assertMatch(
        warned[0]!,
        /^Error: Cannot go on as the weights must be those of this network, of the shapes \[\[5,5,1,16\],.*\]: current shapes are \[\[3,3,1,32\],.*\]$/,
      );
      // It stays for who can make sense of it.
      assert((await Deno.stat(`data/runs/${name}/checkpoint/a.bin`)).isFile);
    }),
);

Deno.test("train() --resume refuses other choices than the run's", async () => {
  for (const option of ["seed", "epochs", "name"]) {
    const { code, warned } = await run(["--resume", "x", `--${option}`, "3"]);
    assertEquals(code, 2);
    assertEquals(
      warned[0],
      `Error: Cannot run train as --resume goes on with the choices of its run, and takes only --data, --workers and --checkpoint-seconds besides: --${option} is given`,
    );
  }
});

testThatNeeds(
  NEEDS,
  "train() whose folder vanishes ends with a sentence, and goes on where the folder is found again",
  () =>
    withTempFolder((data) =>
      withRun((whole) =>
        withRun((moved) =>
          withRun(async (name) => {
            await writeSampleIdx(data, 120, 20);
            const args = ["--data", data, ...SMALL];
            await run([...args, "--name", whole]);
            const output = capturedOutput();
            const { print } = output;
            output.print = (line) => {
              print(line);
              if (!line.startsWith("Epoch 2/")) return;
              Deno.renameSync(`data/runs/${name}`, `data/runs/${moved}`);
            };
            const often = ["--checkpoint-seconds", "0"];
            const code = await runTask(
              train,
              [...args, ...often, "--name", name],
              output,
            );
            assertEquals([code, output.warned.length], [1, 1]);
            assertMatch(
              output.warned[0]!,
              /^Error: Cannot write .*\/checkpoint\/[ab]\.bin as its folder must be writable, with room for \d+ bytes: No such file or directory/,
            );
            await Deno.remove(`data/runs/${name}`, { recursive: true });
            const rest = await run(["--resume", moved]);
            assertEquals(
              rest.printed[2],
              `Going on with data/runs/${moved} at epoch 2, step 10 of 11`,
            );
            assertEquals(await results(moved), await results(whole));
          })
        )
      )
    ),
);
