import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bench } from "@lib/cli/bench.ts";
import { runTask, type Task } from "@lib/cli/run_task.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";
import { writeSampleIdx } from "./_sample_idx.ts";

async function run(...args: string[]) {
  const output = capturedOutput();
  const quick: Task = (args, output) => bench(args, output, 1e-3);
  const code = await runTask(quick, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

Deno.test("bench() rejects a wrong command line with code 2", async (t) => {
  const cases: [string[], string][] = [
    [
      ["--round", "3"],
      "Cannot run bench as --round is no option of it: it takes --data, --rounds, --workers, --json",
    ],
    [
      ["--rounds", "0"],
      "Cannot run bench as --rounds must be an integer from 1 to 1000: current value is 0",
    ],
    [
      ["--workers", "9"],
      "Cannot run bench as --workers must be an integer from 1 to 8: current value is 9",
    ],
    [
      ["now"],
      "Cannot run bench as it takes options only: current argument is now",
    ],
  ];
  for (const [args, message] of cases) {
    await t.step(args.join(" "), async () => {
      const { code, printed, warned } = await run(...args);
      assertEquals([code, printed], [2, []]);
      assertStringIncludes(warned[0]!, message);
    });
  }
});

Deno.test("bench() --help says what it takes", async () => {
  const { code, printed } = await run("--help");
  assertEquals(code, 0);
  assertStringIncludes(printed[0]!, "Usage: deno task bench [options]");
});

testThatNeeds(
  { read: ["data", "lib"] },
  "bench() --json prints one object, also without PyTorch",
  async () => {
    const { code, printed, warned } = await run(
      ...["--data", "sample", "--rounds", "1", "--workers", "1", "--json"],
    );
    assertEquals([code, printed.length, warned], [0, 1, []]);
    const result = JSON.parse(printed[0]!);
    assertMatch(result.data, /^The 10,000 bundled digits /);
    assertEquals(Object.keys(result.trainImagesPerSecond), ["1"]);
    assertEquals(result.workerSpeedup, { median: 1, min: 1, max: 1 });
    // Here no python may be run.
    assertEquals(result.trainRatioToPyTorch, null);
    assertEquals(result.pytorchAbsent, [
      "python3 cannot be run",
      "/usr/bin/python3 cannot be run",
    ]);
  },
);

testThatNeeds(
  { read: ["data", TMP], write: [TMP] },
  "bench() rejects data with too few digits",
  () =>
    withTempFolder(async (folder) => {
      await writeSampleIdx(folder, 120, 10);
      assertEquals(await run("--data", folder), {
        code: 1,
        printed: [],
        warned: [
          "Error: Cannot run bench as the data must hold at least 4096 digits to train on: current number is 110",
        ],
      });
    }),
);
