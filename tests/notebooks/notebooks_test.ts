/** The notebooks as they are in the repository: nothing is run. */

import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import { testThatNeeds } from "../needs.ts";
import {
  codeCells,
  FOLDER,
  joined,
  notebookNames,
  readNotebook,
} from "./_notebook.ts";

const NEEDS = { read: [FOLDER] };

/** Runs a step for each notebook. */
async function forEachNotebook(
  t: Deno.TestContext,
  fn: (path: string) => Promise<void>,
): Promise<void> {
  for (const name of notebookNames()) {
    await t.step(name, () => fn(`${FOLDER}/${name}`));
  }
}

testThatNeeds(
  NEEDS,
  "The committed outputs come from one run, from the top down",
  (t) =>
    forEachNotebook(t, async (path) => {
      const cells = codeCells(await readNotebook(path));
      assert(cells.length > 5);
      const counts = cells.map((cell) => cell.execution_count);
      assertEquals(counts, cells.map((_, i) => i + 1));
    }),
);

testThatNeeds(
  NEEDS,
  "The committed outputs hold no error, time, path or color code",
  (t) =>
    forEachNotebook(t, async (path) => {
      for (
        const { outputs = [], metadata } of codeCells(await readNotebook(path))
      ) {
        assertEquals(metadata, {});
        for (const { output_type, data = {}, text = "" } of outputs) {
          assert(output_type !== "error", "an error");
          const words = joined(text) + joined(data["text/plain"] ?? "");
          // deno-lint-ignore no-control-regex
          assert(!/\x1b/.test(words), `a color code in ${words}`);
          assert(
            !/(^|[\s("'])(\/(home|root|tmp|work|usr|Users)\/|file:|[A-Z]:\\)/m
              .test(words),
            `a path in ${words}`,
          );
          assert(
            !/\d:\d\d\b|images\/s|\bleft\b|20\d\d-\d\d/.test(words),
            `a time in ${words}`,
          );
        }
      }
    }),
);

testThatNeeds(
  NEEDS,
  "Each notebook is smaller than 3 MB",
  (t) =>
    forEachNotebook(t, async (path) => {
      assertLess((await Deno.stat(path)).size, 3e6);
    }),
);

testThatNeeds(
  NEEDS,
  "Each notebook begins with a title and ends with things to try",
  (t) =>
    forEachNotebook(t, async (path) => {
      const { cells } = await readNotebook(path);
      assertMatch(joined(cells[0]!.source), /^# \d\. /);
      assertMatch(joined(cells.at(-1)!.source), /## What to try\n\n1\. /);
    }),
);

testThatNeeds(
  NEEDS,
  "The cells are about ten lines, and have prose before",
  (t) =>
    forEachNotebook(t, async (path) => {
      const cells = codeCells(await readNotebook(path));
      for (const { source } of cells) {
        const lines = joined(source).split("\n");
        // Imports, a name a line, are no logic.
        const isImport = lines[0]!.startsWith("import ");
        assertLess(lines.length, isImport ? 40 : 17, lines[0]);
      }
    }),
);
