/** Each notebook, run by Jupyter with the real kernel, against its outputs. */

import { assertEquals, assertLess } from "@std/assert";
import { testThatNeeds, TMP, withTempFolder } from "../../needs.ts";
import {
  codeCells,
  FOLDER,
  joined,
  notebookNames,
  outputKinds,
  readNotebook,
} from "../_notebook.ts";
import { executeInto, startJupyter } from "./_jupyter.ts";

/** What a reader waits at most, in seconds, on two cores. */
const MOST_SECONDS = 120;

testThatNeeds(
  { read: [FOLDER, TMP], write: [TMP], run: true },
  "Each notebook runs from the top down and gives the kinds of outputs that are committed",
  async (t) => {
    await withTempFolder(async (folder) => {
      const nbconvert = await startJupyter(folder);
      for (const name of notebookNames()) {
        await t.step(name, async () => {
          const start = performance.now();
          await nbconvert(...executeInto(folder), `${FOLDER}/${name}`);
          assertLess((performance.now() - start) / 1000, MOST_SECONDS);
          const committed = codeCells(await readNotebook(`${FOLDER}/${name}`));
          const executed = codeCells(await readNotebook(`${folder}/${name}`));
          for (const [i, cell] of executed.entries()) {
            const [first] = joined(cell.source).split("\n");
            assertEquals(
              [first, ...outputKinds(cell)],
              [first, ...outputKinds(committed[i]!)],
            );
          }
        });
      }
    });
  },
);
