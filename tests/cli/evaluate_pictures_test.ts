import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { evaluatePictures } from "@lib/cli/evaluate_pictures.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";

const READS = { read: ["data"] };
const WRITES = { read: ["data", TMP], write: [TMP] };

/** Reads with the shipped model. */
async function run(folder: string, { each = false, json = false } = {}) {
  const output = capturedOutput();
  const options = { model: undefined, "max-megapixels": 100, each, json };
  const code = await evaluatePictures(folder, options, output);
  return { code, printed: output.printed, warned: output.warned };
}

/** Runs `fn` with a folder of a picture with a wrong label, and a missing one. */
function withTwoWrong(fn: (folder: string) => Promise<void>) {
  return withTempFolder(async (folder) => {
    await Deno.copyFile("data/samples/5283.webp", `${folder}/a.webp`);
    await Deno.writeTextFile(
      `${folder}/labels.tsv`,
      "file\tlines\ttags\na.webp\t5284\t\nmissing.png\t12\t\n",
    );
    await fn(folder);
  });
}

testThatNeeds(
  READS,
  "evaluatePictures() reads a labeled folder",
  async () => {
    const { code, printed, warned } = await run("data/samples", {
      each: true,
    });
    assertEquals([code, warned], [0, []]);
    assert(printed.includes("right  5283.webp  5283"));
    assert(printed.includes("Pictures wholly right: 100.0 % (7 of 7)"));
    assert(printed.includes("Digit error rate: 0.0 % (0 errors in 34 digits)"));
    assert(printed.includes("Empty pictures kept empty: 1 of 1"));
    assertMatch(printed.at(-1)!, /^Seconds a picture: \d+\.\d\d \(median\), /);
  },
);

testThatNeeds(
  READS,
  "evaluatePictures() prints its figures as one JSON object",
  async () => {
    const { printed } = await run("data/samples", { json: true });
    assertEquals(printed.length, 1);
    const figures = JSON.parse(printed[0]!);
    assertEquals([figures.pictures, figures.right], [7, 7]);
    assertEquals([figures.empty, figures.emptyKept], [1, 1]);
    assert(figures.seconds.median > 0);
    assertEquals(figures.each, undefined);
  },
);

testThatNeeds(
  WRITES,
  "evaluatePictures() counts what it cannot read as wrong",
  () =>
    withTwoWrong(async (folder) => {
      const { code, printed, warned } = await run(folder, { each: true });
      assertEquals([code, warned], [0, []]);
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
  WRITES,
  "evaluatePictures() warns of what it cannot read where it lists none",
  () =>
    withTwoWrong(async (folder) => {
      const { code, printed, warned } = await run(folder);
      assertEquals([code, warned.length], [0, 1]);
      assertStringIncludes(
        warned[0]!,
        "Error: missing.png: Cannot read it as a picture must be a readable file",
      );
      assertEquals(printed[0], "Pictures wholly right: 0.0 % (0 of 2)");
    }),
);

testThatNeeds(
  WRITES,
  "evaluatePictures() tells each picture in the JSON object too",
  () =>
    withTwoWrong(async (folder) => {
      const { printed, warned } = await run(folder, {
        each: true,
        json: true,
      });
      assertEquals([printed.length, warned], [1, []]);
      const [read, missing] = JSON.parse(printed[0]!).each;
      assertEquals(
        [read.file, read.expected, read.text, read.right, read.error],
        ["a.webp", "5284", "5283", false, undefined],
      );
      assertEquals(
        [missing.file, missing.expected, missing.text, missing.right],
        ["missing.png", "12", "", false],
      );
      assertStringIncludes(missing.error, "Cannot read it as a picture");
    }),
);

testThatNeeds(
  READS,
  "evaluatePictures() rejects a folder without labels",
  async () => {
    await assertRejects(
      () => run("data"),
      Deno.errors.NotFound,
      "Cannot read data/labels.tsv as it must say what the pictures hold: No such file",
    );
  },
);
