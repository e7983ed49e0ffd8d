import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { loadModel } from "@lib/model/mod.ts";
import { startTeam, trainAndSave, type TrainEvents } from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { tinyDigits, tinyModel, weightsOf } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const DIGITS = { train: tinyDigits(40), validation: tinyDigits(10, 2) };
const RUN = {
  epochs: 100,
  batchSize: 20,
  learningRate: 1e-3,
  schedule: "constant",
  seed: 7,
};
const TEAM = { batchSize: 20, seed: 7, augment: false };

testThatNeeds(
  { read: ["lib", "tests"], write: [TMP] },
  "trainAndSave() keeps the last epoch's model where a worker dies",
  () =>
    withTempFolder(async (folder) => {
      const model = tinyModel(7);
      const team = await startTeam(model, { ...TEAM, workers: 2 }, {
        start: () =>
          new Worker(new URL("./_dying_worker.ts", import.meta.url), {
            type: "module",
          }),
        startPatience: 20,
        patience: 5,
      });
      const weights: Uint32Array[][] = [];
      const events: TrainEvents = {
        onEpoch: () => weights.push(weightsOf(model)),
      };
      const error = await assertRejects(
        () => trainAndSave(team, `${folder}/run`, DIGITS, RUN, events),
        Error,
        "Cannot go on with 2 workers as each must do its part: one says Cannot live any longer; ",
      );
      team.close();
      assertMatch(
        error.message,
        new RegExp(
          `; the model as it was after epoch ${weights.length} is kept in ${folder}/run$`,
        ),
      );
      const kept = await loadModel(`${folder}/run`);
      assertEquals(weightsOf(kept), weights.at(-1));
      kept.dispose();
      model.dispose();
    }),
);

testThatNeeds(
  { read: [TMP], write: [TMP] },
  "trainAndSave() says what went wrong alone where nothing is saved yet",
  () =>
    withTempFolder(async (folder) => {
      const model = tinyModel(7);
      const team = await startTeam(model, { ...TEAM, workers: 1 });
      const error = await assertRejects(
        () => trainAndSave(team, folder, DIGITS, { ...RUN, schedule: "steps" }),
        RangeError,
        "Cannot train as the schedule must be one of ",
      );
      assertMatch(error.message, /: current name is steps$/);
      assertEquals([...Deno.readDirSync(folder)], []);
      team.close();
      model.dispose();
    }),
);
