/** The stop button, pressed in the real kernel while it trains. */

import { assertEquals, assertLess } from "@std/assert";
import { testThatNeeds, TMP, withTempFolder } from "../../needs.ts";
import { codeCells, joined, readNotebook } from "../_notebook.ts";
import { executeInto, startJupyter } from "./_jupyter.ts";

/** The button sends SIGINT to the kernel, and so does the second cell. */
const CELLS = [
  `import { show, trainLive } from "@lib/notebook/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { loadMnist } from "@lib/mnist/mod.ts";
import { createModel } from "@lib/model/mod.ts";
import { evaluateModel } from "@lib/train/mod.ts";
await startWasmBackend();
registerTrainingKernels();
const digits = await loadMnist("sample", { seed: 7 });
const model = createModel("small", 7);`,
  `let pressed = 0;
setTimeout(() => {
  pressed = performance.now();
  Deno.kill(Deno.pid, "SIGINT");
}, 6000);
const history = await trainLive(model, digits, {
  epochs: 1000, batchSize: 100, learningRate: 2e-3, schedule: "cosine", seed: 7,
});
const took = performance.now() - pressed;
// Once more, with nothing to stop: the kernel stays.
Deno.kill(Deno.pid, "SIGINT");
await show("stopped");`,
  `const { accuracy } = evaluateModel(model, digits.validation);
const learned = accuracy > 0.2;
await show(JSON.stringify({ took, epochs: history.length, learned }));`,
];

testThatNeeds(
  { read: [TMP], write: [TMP], run: true },
  "trainLive() ends within a second of the stop button, and keeps what it has learned",
  async () => {
    await withTempFolder(async (folder) => {
      const nbconvert = await startJupyter(folder);
      const path = `${folder}/stop.ipynb`;
      await Deno.writeTextFile(path, JSON.stringify(notebookOf(CELLS)));
      await nbconvert(...executeInto(folder), "--output", "stopped", path);
      const cells = codeCells(await readNotebook(`${folder}/stopped.ipynb`));
      const words = cells.map(({ outputs = [] }) =>
        outputs.map(({ data = {} }) => joined(data["text/plain"]))
      );
      const { took, epochs, learned } = JSON.parse(words[2]![0]!);
      assertLess(took, 1000);
      assertEquals(learned, true);
      assertLess(epochs, 1000);
      assertEquals(
        words[1]![0],
        `Stopped in epoch ${epochs} of 1000: what was learned so far is kept`,
      );
      assertEquals(words[1]!.at(-1), "stopped");
      // The curves have a point for each epoch that was begun.
      assertEquals(words[1]![1]!.split("\n").length, epochs);
    });
  },
);

function notebookOf(sources: string[]) {
  return {
    cells: sources.map((source, i) => ({
      ...{ id: `cell-${i}`, cell_type: "code", metadata: {}, source },
      ...{ execution_count: null, outputs: [] },
    })),
    metadata: {
      kernelspec: {
        name: "deno",
        display_name: "Deno",
        language: "typescript",
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
