import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { evaluate } from "@lib/cli/evaluate.ts";
import { recognize } from "@lib/cli/recognize.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { train } from "@lib/cli/train.ts";
import { RECIPES } from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { type CapturedOutput, capturedOutput } from "./_captured_output.ts";
import { writeSampleIdx } from "./_sample_idx.ts";
import { withRun } from "./_with_run.ts";

const NEEDS = { read: ["data", TMP], write: [TMP, "data/runs"] };

async function run(args: string[], output: CapturedOutput = capturedOutput()) {
  const code = await runTask(train, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

const QUICK = [
  "--architecture",
  "small",
  "--epochs",
  "2",
  "--batch-size",
  "20",
  "--learning-rate",
  "0.003",
  "--workers",
  "1",
];

testThatNeeds(
  NEEDS,
  "train() trains, saves, reports and says how to go on",
  () =>
    withTempFolder((folder) =>
      withRun(async (name) => {
        await writeSampleIdx(folder, 960, 200);
        const { code, printed, warned } = await run([
          "--data",
          folder,
          "--name",
          name,
          ...QUICK,
        ]);
        assertEquals([code, warned], [0, []]);
        assertMatch(
          printed[0]!,
          /^MNIST from .*: 880 to train, 80 to validate, 200 to test$/,
        );
        assertEquals(
          printed[1],
          "small: 34,826 parameters, 2 epochs of 880 digits in batches of 20 on 1 worker, seed 7",
        );
        assertMatch(
          printed[3]!,
          /^Epoch 2\/2 · train accuracy \d+\.\d % · validation accuracy \d+\.\d % · loss \d\.\d{3} · validation loss \d\.\d{3} · [\d,]+ images\/s$/,
        );
        assertMatch(printed[4]!, /^Test accuracy: \d+\.\d\d % \(\d+ of 200\)$/);
        assertMatch(
          printed[5]!,
          new RegExp(
            `^Saved to data/runs/${name}: open report.html there, or type\n  (deno|npx -y deno@.*) task recognize --model data/runs/${name} PICTURE$`,
          ),
        );
        // Without a terminal there are no control codes.
        assert(!printed.join("").includes("\x1b"));

        const files = [...Deno.readDirSync(`data/runs/${name}`)];
        assertEquals(files.map((file) => file.name).sort(), [
          "history.json",
          "model.json",
          "report.html",
          "weights.bin",
        ]);
        const history = JSON.parse(
          await Deno.readTextFile(`data/runs/${name}/history.json`),
        );
        assertEquals(history.options.architecture, "small");
        assertEquals(history.epochs.length, 2);
        assertGreater(history.test.accuracy, 0.75);
        const { validation, test } = history.calibration;
        assertEquals(history.epochs[1].valLoss, validation.before.loss);
        assertGreater(validation.before.loss, validation.after.loss);
        assertEquals(history.test.loss, test.after.loss);
        const page = await Deno.readTextFile(`data/runs/${name}/report.html`);
        assertStringIncludes(page, `Training run ${name}`);
        assertStringIncludes(page, "Confusion matrix");

        // The saved model is the one that the test figures are of.
        const judged = capturedOutput();
        const same = ["--model", `data/runs/${name}`, "--data", folder];
        assertEquals(await runTask(evaluate, [...same, "--json"], judged), 0);
        assertEquals(JSON.parse(judged.printed[0]!).loss, history.test.loss);

        const output = capturedOutput();
        const picture = "data/samples/5283.webp";
        const args = ["--model", `data/runs/${name}`, picture];
        assertEquals(await runTask(recognize, args, output), 0);
        assertMatch(
          output.printed[0]!,
          /^(Predicted number: [\d? ]+$|No digits found in )/,
        );

        // The run is never written over.
        const again = await run(["--data", folder, "--name", name, ...QUICK]);
        assertEquals(again.code, 1);
        assertMatch(
          again.warned[0]!,
          /^Error: Cannot train into .* as the folder must be new: there is a run of that name$/,
        );
      })
    ),
);

testThatNeeds(
  NEEDS,
  "train() has examples of no digit where the network has a class for it",
  () =>
    withTempFolder(async (folder) => {
      await writeSampleIdx(folder, 120, 20);
      const best = ["--data", folder, "--recipe", "best", "--epochs", "1"];
      await withRun(async (name) => {
        const { printed } = await run([...best, "--name", name]);
        assertMatch(
          printed[1]!,
          /^best: 321,899 parameters, 1 epoch of 110 digits .*, seed 7; among them \d+ % no digits, \d+ % digits in hands that MNIST lacks, \d+ % digits out of digits that touch$/,
        );
        assertMatch(printed[4]!, /^Taken for no digit: \d+ of 20$/);
      });
      await withRun(async (name) => {
        const small = ["--architecture", "small", "--name", name];
        const { printed } = await run([...best, ...small]);
        assertMatch(
          printed[1]!,
          /^small: .*, seed 7; among them \d+ % digits in hands that MNIST lacks, \d+ % digits out of digits that touch$/,
        );
        assertMatch(printed[4]!, /^Saved to /);
      });
    }),
);

Deno.test("train() --help begins with the recipes and how long they take", async () => {
  const { code, printed } = await run(["--help"]);
  assertEquals(code, 0);
  const lines = printed[0]!.split("\n");
  const first = lines.indexOf("Recipes, and how long they take on two cores:");
  assertEquals(
    lines.slice(first + 1, first + 4).map((line) => line.slice(0, 10).trim()),
    Object.keys(RECIPES),
  );
});

testThatNeeds(
  NEEDS,
  "train() draws a bar in a terminal",
  () =>
    withTempFolder((folder) =>
      withRun(async (name) => {
        await writeSampleIdx(folder, 120, 20);
        const output = capturedOutput(true);
        await run(
          ["--data", folder, "--name", name, ...QUICK],
          output,
        );
        assertMatch(
          output.redrawn[0]!,
          /^Epoch 1\/2 █+░+ \d+ % · [\d,]+ images\/s · \d+:\d\d left$/,
        );
        assertStringIncludes(output.redrawn.join(), "100 %");
      })
    ),
);

testThatNeeds(NEEDS, "train() says what is wrong with its data", async () => {
  const { code, printed, warned } = await run([
    ...["--data", "no/such/folder", "--workers", "1"],
  ]);
  assertEquals([code, printed], [1, []]);
  assertMatch(
    warned[0]!,
    /^Error: Cannot read MNIST from ".*no\/such\/folder" as it must be auto, full, sample or a folder with the four IDX files: No such file/,
  );
});

Deno.test("train() rejects a wrong command line with code 2", async (t) => {
  const cases: [string[], string][] = [
    [
      ["--epoch", "3"],
      "Cannot run train as --epoch is no option of it: it takes --data, --recipe, --architecture, --epochs, ",
    ],
    [
      ["--epochs", "0"],
      "Cannot run train as --epochs must be an integer from 1 to 1000: current value is 0",
    ],
    [
      ["--architecture", "big"],
      "Cannot run train as --architecture must be one of classic, best, quick, small: current value is big",
    ],
    [
      ["data"],
      "Cannot run train as it takes options only: current argument is data",
    ],
    [
      ["--name", "../x"],
      "Cannot run train as --name must be letters, digits, dots, dashes and underscores: current value is ../x",
    ],
  ];
  for (const [args, message] of cases) {
    await t.step(args.join(" "), async () => {
      const { code, warned } = await run(args);
      assertEquals(code, 2);
      assertStringIncludes(warned[0]!, message);
    });
  }
});
