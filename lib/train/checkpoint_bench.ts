import { makeFolder } from "../files/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { createModel, NO_DIGIT } from "../model/mod.ts";
import { openCheckpoints } from "./checkpoint_folder.ts";
import { RECIPES } from "./recipes.ts";
import { startTeam } from "./team.ts";
import { trainTeam } from "./train_team.ts";

await startWasmBackend();
registerTrainingKernels();

const digits = {
  images: new Uint8Array(784),
  labels: Uint8Array.of(NO_DIGIT - 1),
};

// What a run stops for, of the smallest network and the one that ships: its
// state is read, checked, hashed, written, and waited for until the disk has it.
for (const architecture of ["small", "best"]) {
  const folder = `data/runs/bench-${architecture}`;
  const recipe = { ...RECIPES.best, architecture, noDigits: 0, epochs: 1 };
  const choices = { recipe, seed: 7, strict: false, data: "sample" };
  const model = createModel(architecture, 7);

  Deno.bench(`a checkpoint of ${architecture}`, { n: 20 }, async (bench) => {
    const team = await startTeam(model, { ...recipe, seed: 7, workers: 1 });
    await makeFolder(folder);
    const checkpoints = await openCheckpoints(folder, true);
    const save = async (
      state: Parameters<typeof checkpoints.save>[0]["state"],
    ) => {
      await checkpoints.save({ choices, digits: "0".repeat(64), state });
    };
    bench.start();
    const stop = AbortSignal.abort();
    await trainTeam(
      team,
      { train: digits, validation: digits },
      { ...recipe, seed: 7 },
      { checkpoints: { seconds: 0, save }, signal: stop },
    );
    bench.end();
    await checkpoints.remove();
    checkpoints.close();
    await Deno.remove(folder);
    team.close();
  });
}
