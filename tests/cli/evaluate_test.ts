import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
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
      // A line a class, and a row of the confusion matrix a class.
      assertMatch(text, /^ {4}7 {2}( 9\d|100)\.\d\d %$/m);
      assertEquals(printed.length, 1 + 1 + 1 + 1 + 10 + 1 + 2 + 10);

      const json = JSON.parse(
        (await run("--data", folder, "--json")).printed[0]!,
      );
      assertEquals([json.source, json.count], ["mnist", 200]);
      assert(json.accuracy > 0.95);
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
  "evaluate() --pictures reads a labeled folder",
  async () => {
    const { code, printed } = await run("--pictures", "data/samples", "--each");
    assertEquals(code, 0);
    assert(printed.includes("right  5283.webp  5283"));
    assert(printed.includes("Pictures wholly right: 100.0 % (7 of 7)"));
    assert(printed.includes("Digit error rate: 0.0 % (0 errors in 34 digits)"));
    assert(printed.includes("Empty pictures kept empty: 1 of 1"));
    assertMatch(printed.at(-1)!, /^Seconds a picture: \d+\.\d\d \(median\), /);
    const { printed: [json] } = await run(
      "--pictures",
      "data/samples",
      "--json",
    );
    const figures = JSON.parse(json!);
    assertEquals([figures.pictures, figures.right], [7, 7]);
    assertEquals([figures.empty, figures.emptyKept], [1, 1]);
    assert(figures.seconds.median > 0);
  },
);

testThatNeeds(
  WRITES,
  "evaluate() --pictures counts what it cannot read as wrong",
  () =>
    withTempFolder(async (folder) => {
      await Deno.copyFile("data/samples/5283.webp", `${folder}/a.webp`);
      await Deno.writeTextFile(
        `${folder}/labels.tsv`,
        "file\tlines\ttags\na.webp\t5284\t\nmissing.png\t12\t\n",
      );
      const { code, printed } = await run("--pictures", folder, "--each");
      assertEquals(code, 0);
      assertEquals(printed[0], "wrong  a.webp  5284 read as 5283");
      assertStringIncludes(
        printed[1]!,
        "wrong  missing.png  Cannot read it as a picture must be a readable file",
      );
      assertEquals(printed.slice(2, 4), [
        "Pictures wholly right: 0.0 % (0 of 2)",
        "Digit error rate: 50.0 % (3 errors in 6 digits)",
      ]);
    }),
);

testThatNeeds(
  READS,
  "evaluate() --pictures rejects a folder without labels",
  async () => {
    const { code, warned } = await run("--pictures", "data");
    assertEquals(code, 1);
    assertStringIncludes(
      warned[0]!,
      "Error: Cannot read data/labels.tsv as it must say what the pictures hold: No such file",
    );
  },
);

Deno.test("evaluate() rejects --each without --pictures", async () => {
  assertEquals(await run("--each"), {
    code: 2,
    printed: [],
    warned: [
      "Error: Cannot run evaluate as --each must come with --pictures: there is none",
    ],
  });
});
