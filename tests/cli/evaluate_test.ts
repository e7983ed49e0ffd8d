import { assert, assertEquals, assertMatch } from "@std/assert";
import { evaluate } from "@lib/cli/evaluate.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";
import { writeSampleIdx } from "./_sample_idx.ts";

const READS = { read: ["data"] };
const WRITES = { read: ["data", TMP], write: [TMP] };

async function run(...args: string[]) {
  const output = capturedOutput();
  const code = await runTask(evaluate, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

testThatNeeds(
  WRITES,
  "evaluate() judges the shipped model on IDX files",
  () =>
    withTempFolder(async (folder) => {
      await writeSampleIdx(folder, 100, 200);
      const { code, printed } = await run("--data", folder);
      assertEquals(code, 0);
      const text = printed.join("\n");
      assertMatch(
        text,
        /^Test accuracy: (100\.00|9\d\.\d\d) % \(\d+ of 200\)$/m,
      );
      assertMatch(text, /^Expected calibration error: \d\.\d\d %$/m);
      // A line a class, and a row of the confusion matrix a class.
      assertMatch(text, /^ {4}7 {2}( 9\d|100)\.\d\d %$/m);
      assertMatch(text, /^Taken for no digit: \d+ of 200$/m);
      assertEquals(printed.length, 1 + 1 + 1 + 1 + 1 + 1 + 10 + 1 + 2 + 10);

      const json = JSON.parse(
        (await run("--data", folder, "--json")).printed[0]!,
      );
      assertEquals([json.source, json.count], ["mnist", 200]);
      assert(json.accuracy > 0.95);
      assert(json.expectedCalibrationError < 0.05);
      assertEquals(json.accuracyByClass.length, 10);
      const counted = json.confusion.flat().reduce((a: number, b: number) =>
        a + b
      );
      assertEquals(counted, 200);
    }),
);

testThatNeeds(
  READS,
  "evaluate() calls the sample's test figure what it is",
  async () => {
    const { printed } = await run("--data", "sample");
    assertMatch(
      printed[1]!,
      /^Test accuracy: .* of 1,000 held out of the bundled sample, not MNIST's test set\)$/,
    );
  },
);

testThatNeeds(
  READS,
  "evaluate() --pictures reads pictures instead",
  async () => {
    const { code, printed } = await run("--pictures", "data/samples", "--json");
    assertEquals([code, printed.length], [0, 1]);
    assertEquals(JSON.parse(printed[0]!).pictures, 7);
  },
);

Deno.test("evaluate() rejects options that need another one", async () => {
  const cases = [
    ["--each must come with --pictures or --strings: there is none", "--each"],
    ["--count must come with --strings: there is none", "--count", "5"],
    ["--digits must come with --strings: there is none", "--digits", "test"],
    ["--save must come with --strings: there is none", "--save", "a"],
    ["--failures must come with --strings: there is none", "--failures", "a"],
    [
      "--strings must come without --pictures: both are there",
      ...["--strings", "--pictures", "a"],
    ],
  ] as const;
  for (const [wanted, ...args] of cases) {
    assertEquals(await run(...args), {
      code: 2,
      printed: [],
      warned: [`Error: Cannot run evaluate as ${wanted}`],
    });
  }
});
