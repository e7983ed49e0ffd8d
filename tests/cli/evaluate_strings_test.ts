import { assert, assertEquals, assertMatch } from "@std/assert";
import { evaluate } from "@lib/cli/evaluate.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { parseLabels } from "@lib/read/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";

const COUNT = 6;

async function run(isTerminal: boolean, ...args: string[]) {
  const output = capturedOutput(isTerminal);
  const code = await runTask(
    evaluate,
    ["--strings", "--data", "sample", "--count", `${COUNT}`, ...args],
    output,
  );
  assertEquals([code, output.warned], [0, []]);
  return output;
}

testThatNeeds(
  { read: ["data"] },
  "evaluate() --strings prints a table that adds up",
  async () => {
    const { printed, redrawn } = await run(true);
    assertEquals(
      printed[0],
      "6 numbers of seed 7, written with 1,000 test digits of the bundled sample",
    );
    const rows = new Map(
      printed.slice(3, -2).map((line) => {
        const [name, ...figures] = line.split(/ {2,}/);
        return [name!, figures];
      }),
    );
    const [strings, right, share, rejected, wrong] = rows.get("all")!;
    assertEquals(strings, `${COUNT}`);
    assertEquals(Number(right) + Number(rejected) + Number(wrong), COUNT);
    assertEquals(share, `${(100 * Number(right) / COUNT).toFixed(1)} %`);
    const sum = (column: number, isIn: (name: string) => boolean) =>
      [...rows].filter(([name]) => isIn(name))
        .reduce((total, [, row]) => total + Number(row[column]), 0);
    for (const column of [0, 1, 3, 4]) {
      const all = Number(rows.get("all")![column]);
      assertEquals(sum(column, (name) => name.endsWith("digits")), all);
      assertEquals(sum(column, (name) => name.endsWith("touching")), all);
    }
    assertMatch(printed.at(-1)!, /^Seconds a picture: \d+\.\d\d \(median\), /);
    assertMatch(redrawn.at(-2)!, /^Number 6 of 6 █+ 100 % · 0:00 left$/);
    assertEquals(redrawn.at(-1), "");
  },
);

testThatNeeds(
  { read: ["data", TMP], write: [TMP] },
  "evaluate() --strings writes the pictures and those it failed at",
  () =>
    withTempFolder(async (folder) => {
      const { printed, redrawn } = await run(
        false,
        ...["--json", "--each", "--digits", "validation", "--seed", "3"],
        ...["--save", `${folder}/all`, "--failures", `${folder}/failures`],
      );
      assertEquals([printed.length, redrawn.length], [1, 0]);
      const { source, digits, seed, groups, each } = JSON.parse(printed[0]!);
      assertEquals([source, digits, seed], ["sample", "validation", 3]);
      const { strings, right, rejected, wrong } = groups.all;
      assertEquals([strings, right + rejected + wrong], [COUNT, COUNT]);

      const labels = parseLabels(
        await Deno.readTextFile(`${folder}/all/labels.tsv`),
      );
      assertEquals(
        labels.map(({ file, rows }) => [file, rows[0]]),
        each.map((
          { file, expected }: { file: string; expected: string },
        ) => [file, expected]),
      );
      assertEquals([...Deno.readDirSync(`${folder}/all`)].length, COUNT + 1);
      const failures = await Deno.readTextFile(
        `${folder}/failures/failures.tsv`,
      );
      assertEquals(failures.trimEnd().split("\n").length, 1 + COUNT - right);
      assertEquals(
        [...Deno.readDirSync(`${folder}/failures`)].length,
        1 + COUNT - right,
      );
    }),
);

testThatNeeds(
  { read: ["data"] },
  "evaluate() --strings --each prints a line a number",
  async () => {
    const { printed } = await run(false, "--each");
    const lines = printed.slice(0, COUNT);
    assert(lines.every((line) => /^(right|rejected|wrong) /.test(line)));
    assertMatch(lines[0]!, /^\w+ +0000\.png {2}\d{2,8}/);
  },
);
